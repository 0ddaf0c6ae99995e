{{- define "godwit.registryProperties" -}}
{{- range $name, $value := .Values.registry.quarkus -}}
{{ $name }}={{ $value }}
{{ end -}}
{{ include "godwit.databaseProperties" (dict "root" . "which" "registry") }}
{{ include "godwit.kafkaProperties" . }}
godwit.kafka.partitions={{ .Values.kafka.topics.partitions }}
godwit.kafka.replication={{ .Values.kafka.topics.replication }}
{{ include "godwit.oidcProperties" . }}
{{- if .Values.registry.tls.secretName }}
quarkus.http.insecure-requests=disabled
quarkus.http.ssl-port=8443
quarkus.http.ssl.certificate.files=/etc/godwit/tls/tls.crt
quarkus.http.ssl.certificate.key-files=/etc/godwit/tls/tls.key
{{- else }}
quarkus.http.port=8080
{{- end }}
quarkus.log.level={{ .Values.registry.logLevel }}
{{- end -}}

{{- define "godwit.oidcProperties" -}}
{{- $oidc := .Values.oidc -}}
{{- if and $oidc.authServerUrl $oidc.publicKey -}}
{{- fail "oidc: set either oidc.authServerUrl or oidc.publicKey, and not both" -}}
{{- else if $oidc.authServerUrl -}}
quarkus.oidc.auth-server-url={{ $oidc.authServerUrl }}
{{- else -}}
quarkus.oidc.public-key={{ required "oidc.authServerUrl is missing: name the OpenID Connect provider, or set oidc.publicKey" $oidc.publicKey }}
{{- end }}
{{- if $oidc.issuer }}
quarkus.oidc.token.issuer={{ $oidc.issuer }}
{{- else if $oidc.publicKey -}}
{{- required "oidc.issuer is missing: say the iss of the tokens that oidc.publicKey verifies" "" -}}
{{- end }}
{{- with $oidc.audience }}
quarkus.oidc.token.audience={{ . }}
{{- end }}
{{- end -}}
