{{/* What both services' deployments share: {root, component, values, which, config}. */}}

{{/* A HorizontalPodAutoscaler and a number here would fight at every upgrade. */}}
{{- define "godwit.deploymentSpec" -}}
{{- if not .values.autoscaling.enabled -}}
replicas: {{ .values.replicas }}
{{ end -}}
strategy:
  type: RollingUpdate
  rollingUpdate:
    maxUnavailable: 0
    maxSurge: 1
selector:
  matchLabels:
    {{- include "godwit.selector" . | nindent 4 }}
{{- end -}}

{{/* A pod reads its settings when it starts, so one that has older ones has to go. */}}
{{- define "godwit.podMetadata" -}}
labels:
  {{- include "godwit.labels" . | nindent 2 }}
annotations:
  checksum/config: {{ .config | sha256sum }}
  {{- with .values.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "godwit.serviceEnvironment" -}}
- name: JAVA_TOOL_OPTIONS
  value: {{ .values.jvmOptions | quote }}
{{- include "godwit.databasePasswords" . }}
{{- if include "godwit.kafkaUsesSasl" .root }}
- name: KAFKA_SASL_JAAS_CONFIG
  valueFrom:
    secretKeyRef:
      name: {{ include "godwit.kafkaLoginName" (dict "root" .root "who" .which) }}
      key: {{ (index .root.Values.kafka.logins .which).key }}
{{- end }}
{{- end -}}

{{- define "godwit.serviceMounts" -}}
- name: config
  mountPath: /deployments/config
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- include "godwit.kafkaCaMount" .root }}
{{- include "godwit.postgresqlCaMount" .root }}
{{- end -}}

{{- define "godwit.serviceVolumes" -}}
- name: config
  configMap:
    name: {{ include "godwit.name" . }}
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
{{- include "godwit.kafkaCaVolume" .root }}
{{- include "godwit.postgresqlCaVolume" .root }}
{{- end -}}
