{{/* PostgreSQL, as a service is told of it: {root, which}, which of registry and provisioning. */}}

{{- define "godwit.jdbcUrl" -}}
{{- $url := required (printf "postgresql.%s.jdbcUrl is missing: use jdbc:postgresql://host:port/database" .which) (index .root.Values.postgresql .which).jdbcUrl -}}
{{- $tls := .root.Values.postgresql.tls -}}
{{- $url }}{{ if contains "?" $url }}&{{ else }}?{{ end }}sslmode={{ $tls.mode }}
{{- if ne $tls.mode "disable" -}}
{{- if $tls.caSecret.name -}}
&sslrootcert=/etc/godwit/postgresql-ca/ca.crt
{{- else if hasPrefix "verify-" $tls.mode -}}
&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "godwit.databaseProperties" -}}
{{- $database := index .root.Values.postgresql .which -}}
quarkus.datasource.jdbc.url={{ include "godwit.jdbcUrl" . }}
quarkus.datasource.jdbc.max-size={{ $database.poolSize }}
quarkus.datasource.username={{ $database.application.username }}
quarkus.flyway.jdbc-url={{ include "godwit.jdbcUrl" . }}
quarkus.flyway.username={{ $database.owner.username }}
quarkus.flyway.placeholders.app={{ $database.application.username }}
quarkus.flyway.placeholders.dispatcher={{ $database.dispatcher.username }}
godwit.dispatcher.username={{ $database.dispatcher.username }}
{{- end -}}

{{- define "godwit.databasePasswords" -}}
{{- $database := index .root.Values.postgresql .which -}}
{{- $which := .which -}}
{{- $roles := dict "application" "QUARKUS_DATASOURCE_PASSWORD" "owner" "QUARKUS_FLYWAY_PASSWORD" "dispatcher" "GODWIT_DISPATCHER_PASSWORD" -}}
{{- range $role, $variable := $roles }}
{{- $secret := (index $database $role).passwordSecret }}
- name: {{ $variable }}
  valueFrom:
    secretKeyRef:
      name: {{ include "godwit.secretName" (dict "what" (printf "postgresql.%s.%s.passwordSecret.name" $which $role) "name" $secret.name) }}
      key: {{ $secret.key }}
{{- end }}
{{- end -}}

{{- define "godwit.postgresqlCaVolume" -}}
{{- with .Values.postgresql.tls }}
{{- if and .caSecret.name (ne .mode "disable") }}
- name: postgresql-ca
  secret:
    secretName: {{ .caSecret.name }}
    defaultMode: 0440
    items:
      - key: {{ .caSecret.key }}
        path: ca.crt
{{- end }}
{{- end }}
{{- end -}}

{{- define "godwit.postgresqlCaMount" -}}
{{- with .Values.postgresql.tls }}
{{- if and .caSecret.name (ne .mode "disable") }}
- name: postgresql-ca
  mountPath: /etc/godwit/postgresql-ca
  readOnly: true
{{- end }}
{{- end }}
{{- end -}}
