# Rasa with the model built in. It holds no business data and is never published.
FROM python:3.10-slim-bookworm
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 RASA_TELEMETRY_ENABLED=false
RUN useradd --create-home --uid 10001 rasa
WORKDIR /app/nlu
COPY nlu/requirements.lock .
RUN pip install --require-hashes --no-deps -r requirements.lock
COPY credentials/catalogue/starter /app/credentials/catalogue/starter
COPY nlu .
RUN python generate_lookup.py /app/credentials/catalogue/starter models/lookup.json && python train.py && chmod -R a-w models
USER rasa
EXPOSE 5005
CMD ["rasa", "run", "--interface", "0.0.0.0", "--port", "5005", "--credentials", "channels.yml", "--endpoints", "endpoints.production.yml", "--model", "models/skillmark.tar.gz"]
