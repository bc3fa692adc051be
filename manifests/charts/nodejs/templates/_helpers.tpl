{{- define "nodejs.fullname" -}}
{{ printf "%s-%s" .Release.Name .Values.biomageCi.sandboxId | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "nodejs.repository" -}}
{{ .Values.biomageCi.repo | splitList "/" | last | lower }}
{{- end }}

{{- define "nodejs.selector" -}}
app: {{ include "nodejs.fullname" . }}
sandboxId: {{ .Values.biomageCi.sandboxId | quote }}
release: {{ .Release.Name | quote }}
{{- end }}

{{- define "nodejs.labels" -}}
{{ include "nodejs.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "nodejs.domain" -}}
{{ required "myAccount.domainName is missing: read account-config by valuesFrom" .Values.myAccount.domainName }}
{{- end }}

{{- define "nodejs.host" -}}
{{- $name := include "nodejs.repository" . | replace "." "-" | replace "_" "-" }}
{{- if ne .Values.kubernetes.env "production" }}
{{- $name = printf "%s-%s" $name .Values.biomageCi.sandboxId }}
{{- end }}
{{- printf "%s.%s" ($name | trunc 63 | trimSuffix "-") (include "nodejs.domain" .) }}
{{- end }}

{{- define "nodejs.environment" -}}
{{- $known := dict "K8S_ENV" .Values.kubernetes.env "SANDBOX_ID" .Values.biomageCi.sandboxId "RDS_SANDBOX_ID" .Values.biomageCi.rdsSandboxId }}
{{- $account := dict "AWS_ACCOUNT_ID" .Values.myAccount.accountId "AWS_REGION" .Values.myAccount.region "AWS_DEFAULT_REGION" .Values.myAccount.region "DOMAIN_NAME" .Values.myAccount.domainName }}
{{- range $name, $value := merge (dict) .Values.application.env $known $account }}
{{- with $value }}
- name: {{ $name }}
  value: {{ . | quote }}
{{- end }}
{{- end }}
- name: K8S_POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- end }}

{{- define "nodejs.probe" -}}
{{- if eq .probe.probeType "exec" -}}
exec:
  command:
    {{- toYaml .probe.command | nindent 4 }}
{{- else -}}
{{ .probe.probeType }}:
  port: {{ .port }}
  {{- if eq .probe.probeType "httpGet" }}
  path: {{ .probe.path | quote }}
  scheme: {{ .probe.scheme }}
  {{- end }}
{{- end }}
{{ pick .probe "initialDelaySeconds" "timeoutSeconds" "periodSeconds" "failureThreshold" "successThreshold" | toYaml }}
{{- end }}
