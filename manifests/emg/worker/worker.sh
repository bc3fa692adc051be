#!/bin/sh
# Writes the variables of a Prefect worker, with its password of AWS Secrets Manager, to a file that only its owner reads.
#
#   worker.sh <worker> <address of the API> <ARN of its secret> [file: worker.env]
#
# The outputs worker_api_url and worker_secret_arns of stack emg have the last two. With mode prefect-basic the worker is emg.
set -eu
# Nobody's `sh -x` prints the password.
set +x

fail() {
  echo "worker.sh: $1" >&2
  exit 1
}

[ "$#" -ge 3 ] || fail "needs <worker> <address of the API> <ARN of its secret> [file]"
worker=$1 url=$2 secret=$3 file=${4:-worker.env}
[ -z "${PREFECT_API_KEY+set}" ] ||
  fail "PREFECT_API_KEY is set, which is for Prefect Cloud: unset it here, and where the worker starts"
case $url in
https://*/api) ;;
*) fail "\"$url\" is no address of the API: https://<host>/workers/api, or with prefect-basic https://<host>/api" ;;
esac
case $secret in
arn:*:secretsmanager:*) ;;
*) fail "\"$secret\" is no ARN of a secret: see the output worker_secret_arns" ;;
esac
# Pages that the worker's log points to.
ui=${url%/api}
region=$(printf '%s' "$secret" | cut -d : -f 4)

password=$(aws secretsmanager get-secret-value --region "$region" --secret-id "$secret" --query SecretString --output text)
case $password in
"" | None | *[!A-Za-z0-9]*) fail "$secret holds no password of a worker" ;;
esac
# printf is part of the shell: the password is in no list of processes. base64 breaks long lines.
header=$(printf '%s:%s' "$worker" "$password" | base64 | tr -d '\n')

umask 077
new=$(mktemp "$file.XXXXXX")
trap 'rm -f "$new"' EXIT
{
  printf 'PREFECT_API_URL=%s\n' "$url"
  printf 'PREFECT_UI_URL=%s\n' "${ui%/workers}"
  printf 'PREFECT_API_AUTH_STRING=%s:%s\n' "$worker" "$password"
  printf "PREFECT_CLIENT_CUSTOM_HEADERS='{\"Authorization\":\"Basic %s\"}'\n" "$header"
} >"$new"
# A file that was there before keeps neither its content nor its mode.
mv "$new" "$file"
echo "wrote $file"
