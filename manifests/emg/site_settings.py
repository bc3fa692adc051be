"""Settings of the EMG API behind a load balancer that ends TLS, on top of those of the image."""

import os

from emgapiv2.settings import *  # noqa: F403

_host = os.environ["SITE_HOST"]

# The image turns it on by any value of DJANGO_DEBUG, "false" included.
DEBUG = False
# The health checks of the load balancer have the address of the pod as their host.
ALLOWED_HOSTS = [_host, os.environ["POD_IP"], "localhost"]
CSRF_TRUSTED_ORIGINS = [f"https://{_host}"]
# Only the load balancer reaches the pods, and it writes this header itself.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
