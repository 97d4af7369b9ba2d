# The bot, the web pages, the clock; with another command, the action server.
FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN useradd --create-home --uid 10001 skillmark && install -d -o skillmark /data /secrets
WORKDIR /app
COPY requirements.lock requirements-semantic.lock ./
RUN pip install --require-hashes -r requirements.lock && pip install --no-deps --require-hashes -r requirements-semantic.lock
COPY pyproject.toml README.md ./
COPY bot bot
COPY actions actions
COPY credentials credentials
RUN pip install --no-deps --no-build-isolation .
USER skillmark
ENV SKILLMARK_DATA_DIR=/data SKILLMARK_KEK_FILE=/secrets/kek SKILLMARK_WEB_HOST=0.0.0.0 SKILLMARK_ACTIONS_HOST=0.0.0.0
EXPOSE 8080 5055
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s CMD python -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=2)"
CMD ["skillmark", "run", "--migrate"]
