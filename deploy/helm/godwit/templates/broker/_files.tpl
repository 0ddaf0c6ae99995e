{{/* HiveMQ's configuration. What the local platform tests with is what runs here, but for the listeners. */}}
{{- define "godwit.hivemqXml" -}}
<?xml version="1.0" encoding="UTF-8"?>
<hivemq>
  <listeners>
    {{- if .Values.broker.tls.enabled }}
    <tls-tcp-listener>
      <port>8883</port>
      <bind-address>0.0.0.0</bind-address>
      <tls>
        <keystore>
          <path>/etc/godwit/mqtt-keystore/keystore</path>
          <password>${ENV:MQTT_KEYSTORE_PASSWORD}</password>
          <private-key-password>${ENV:MQTT_KEYSTORE_PASSWORD}</private-key-password>
        </keystore>
        <protocols><protocol>TLSv1.3</protocol><protocol>TLSv1.2</protocol></protocols>
      </tls>
    </tls-tcp-listener>
    <!-- For the readiness probe, which runs inside. -->
    <tcp-listener><port>1883</port><bind-address>127.0.0.1</bind-address></tcp-listener>
    {{- else }}
    <tcp-listener><port>1883</port><bind-address>0.0.0.0</bind-address></tcp-listener>
    {{- end }}
  </listeners>
  <mqtt>
    <queued-messages><max-queue-size>100</max-queue-size><strategy>discard</strategy></queued-messages>
    <retained-messages><enabled>false</enabled></retained-messages>
    <quality-of-service><max-qos>1</max-qos></quality-of-service>
    <topic-alias><enabled>false</enabled></topic-alias>
    <message-expiry><max-interval>86400</max-interval></message-expiry>
    <session-expiry><max-interval>300</max-interval></session-expiry>
    <keep-alive><max-keep-alive>3600</max-keep-alive><allow-unlimited>false</allow-unlimited></keep-alive>
    <packets><max-packet-size>1048576</max-packet-size></packets>
    <receive-maximum><server-receive-maximum>100</server-receive-maximum></receive-maximum>
  </mqtt>
  <restrictions>
    <max-client-id-length>256</max-client-id-length>
    <max-topic-length>256</max-topic-length>
    <no-connect-idle-timeout>10000</no-connect-idle-timeout>
  </restrictions>
  <security>
    <payload-format-validation><enabled>true</enabled></payload-format-validation>
    <utf8-validation><enabled>true</enabled></utf8-validation>
    <allow-empty-client-id><enabled>true</enabled></allow-empty-client-id>
  </security>
  <persistence><mode>in-memory</mode></persistence>
  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
</hivemq>
{{- end -}}

{{/* The extension's settings. Kafka's own configuration provider reads the login from its secret. */}}
{{- define "godwit.extensionProperties" -}}
node.name.file=/etc/godwit/pod/name
credential.pepper.file=/etc/godwit/pepper/pepper
{{- range $name, $value := .Values.broker.settings }}
{{ $name }}={{ $value }}
{{- end }}
{{ include "godwit.kafkaProperties" . }}
{{- if include "godwit.kafkaUsesSasl" . }}
kafka.config.providers=directory
kafka.config.providers.directory.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider
kafka.config.providers.directory.param.allowed.paths=/etc/godwit/kafka-login
kafka.sasl.jaas.config=${directory:/etc/godwit/kafka-login:sasl.jaas.config}
{{- end }}
{{- end -}}
