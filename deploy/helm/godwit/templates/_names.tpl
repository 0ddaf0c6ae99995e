{{/* Names and labels. A component is one of registry-service, provisioning-service, hivemq. */}}

{{- define "godwit.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "godwit.name" -}}
{{- printf "%s-%s" (include "godwit.fullname" .root) .component -}}
{{- end -}}

{{/* What never changes in the life of a release: Kubernetes forbids to change a selector. */}}
{{- define "godwit.selector" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "godwit.labels" -}}
{{ include "godwit.selector" . }}
app.kubernetes.io/part-of: godwit
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "godwit.serviceAccountName" -}}
{{- if .values.serviceAccount.create -}}
{{- default (include "godwit.name" .) .values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "godwit.image" -}}
{{- $registry := required "image.registry is missing: say where you keep the images, like registry.example.com/godwit" .root.Values.image.registry -}}
{{- $image := .values.image -}}
{{- if $image.digest -}}
{{- printf "%s/%s@%s" $registry $image.repository $image.digest -}}
{{- else -}}
{{- printf "%s/%s:%s" $registry $image.repository $image.tag -}}
{{- end -}}
{{- end -}}

{{/* The name of a secret that an installation has to bring: {what, name}. */}}
{{- define "godwit.secretName" -}}
{{- required (printf "%s is missing: make that secret and say its name" .what) .name -}}
{{- end -}}
