{{/* Kafka, as each component is told of it. */}}

{{- define "godwit.kafkaUsesSasl" -}}
{{- if hasPrefix "SASL_" .Values.kafka.securityProtocol }}true{{ end -}}
{{- end -}}

{{/* The properties that are not secret, with the prefix kafka.; services and extension understand the same ones. */}}
{{- define "godwit.kafkaProperties" -}}
kafka.bootstrap.servers={{ required "kafka.bootstrapServers is missing: name Kafka's host:port, several separated by commas" .Values.kafka.bootstrapServers }}
kafka.security.protocol={{ .Values.kafka.securityProtocol }}
{{- if include "godwit.kafkaUsesSasl" . }}
kafka.sasl.mechanism={{ .Values.kafka.saslMechanism }}
{{- end }}
{{- if .Values.kafka.caSecret.name }}
kafka.ssl.truststore.type=PEM
kafka.ssl.truststore.location=/etc/godwit/kafka-ca/ca.crt
{{- end }}
{{- range $name, $value := .Values.kafka.clientSettings }}
kafka.{{ $name }}={{ $value }}
{{- end }}
{{- end -}}

{{/* The login's name: {root, who}. */}}
{{- define "godwit.kafkaLoginName" -}}
{{- include "godwit.secretName" (dict "what" (printf "kafka.logins.%s.name" .who) "name" (index .root.Values.kafka.logins .who).name) -}}
{{- end -}}

{{- define "godwit.kafkaCaVolume" -}}
{{- if .Values.kafka.caSecret.name }}
- name: kafka-ca
  secret:
    secretName: {{ .Values.kafka.caSecret.name }}
    defaultMode: 0440
    items:
      - key: {{ .Values.kafka.caSecret.key }}
        path: ca.crt
{{- end }}
{{- end -}}

{{- define "godwit.kafkaCaMount" -}}
{{- if .Values.kafka.caSecret.name }}
- name: kafka-ca
  mountPath: /etc/godwit/kafka-ca
  readOnly: true
{{- end }}
{{- end -}}
