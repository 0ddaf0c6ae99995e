{{- define "godwit.provisioningProperties" -}}
{{- range $name, $value := .Values.provisioning.quarkus -}}
{{ $name }}={{ $value }}
{{ end -}}
{{- range $name, $value := .Values.provisioning.settings -}}
{{ $name }}={{ $value }}
{{ end -}}
{{ include "godwit.databaseProperties" (dict "root" . "which" "provisioning") }}
{{ include "godwit.kafkaProperties" . }}
godwit.keys.master-key-file=/etc/godwit/master-key/master.key
quarkus.http.port=8081
quarkus.log.level={{ .Values.provisioning.logLevel }}
{{- end -}}
