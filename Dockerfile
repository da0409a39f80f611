# The image of web, worker and operator. Another base or a mirror: see docs/operating.md.
ARG PYTHON=python:3.11-slim
ARG NODE=node:22-slim

# The design system of the pages: only what a page uses goes on, see web/dressing.py.
FROM ${NODE} AS dressed
WORKDIR /build
COPY .npmrc ./
COPY package.json ./
COPY package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM ${PYTHON} AS built
# The same version as in the Makefile; a test compares them.
ARG UV_VERSION=0.13.9
# Where packages come from is the builder's choice; without these it is each tool's own default.
ARG PIP_INDEX_URL
ARG UV_DEFAULT_INDEX
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir "uv==${UV_VERSION}"
WORKDIR /build
COPY requirements.lock ./
RUN uv venv /opt/letterbox \
 && VIRTUAL_ENV=/opt/letterbox uv pip sync --require-hashes requirements.lock \
 && printf '#!/opt/letterbox/bin/python\nfrom runtime.cli import main\n\nmain()\n' \
    > /opt/letterbox/bin/letterbox \
 && chmod 0755 /opt/letterbox/bin/letterbox
COPY --from=dressed /build/node_modules node_modules/
COPY web/ web/
RUN /opt/letterbox/bin/python -m web.dressing node_modules

FROM ${PYTHON}
ENV PATH=/opt/letterbox/bin:$PATH \
    PYTHONPATH=/srv/letterbox \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    LETTERBOX_HOST=0.0.0.0 \
    LETTERBOX_KEYS_FOLDER=/keys
# Reads scans. It comes with English, and with what tells which side of a page is up.
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    tesseract-ocr tesseract-ocr-nld \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/letterbox
COPY --from=built /opt/letterbox /opt/letterbox
COPY api/ api/
COPY connectors/ connectors/
COPY letterbox/ letterbox/
COPY migrations/ migrations/
COPY runtime/ runtime/
COPY schemas/ schemas/
COPY web/ web/
COPY --from=built /build/web/dress/ web/dress/
# Empty folders with the right owner: a volume that is mounted there for the first time takes it over.
RUN python -m compileall -q . \
 && install -d -m 0700 -o 10001 -g 10001 /keys /credentials
USER 10001:10001
EXPOSE 8000
# For the web. It asks as 127.0.0.1, which therefore stays among the trusted hosts.
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=4 \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
ENTRYPOINT ["letterbox"]
CMD ["serve"]
