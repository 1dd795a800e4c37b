# The web as static files behind nginx, which also passes on to the api.
FROM node:24.4-bookworm-slim AS build
WORKDIR /app
ENV CI=true
COPY . .
# Where the weights of the face engine sface cannot be had, phones read selfies for face-api's events only.
RUN npx --yes "$(node -p "require('./package.json').packageManager")" install --frozen-lockfile --pm-on-fail=ignore \
  && (npm run fetch:face-weights || true) && cd web && node node_modules/vite/bin/vite.js build

FROM nginx:1.28.0-bookworm
COPY infra/images/nginx.conf /etc/nginx/nginx.conf
COPY infra/images/here.nginx.conf /etc/nginx/here.conf
COPY infra/images/web.nginx.conf /etc/nginx/conf.d/default.conf
# At each start the build goes into the folder that nginx serves, a volume: files of earlier releases stay there a week.
COPY --chmod=755 infra/images/keep-assets.sh /docker-entrypoint.d/40-keep-assets.sh
COPY --from=build /app/web/dist /srv/web-build
RUN rm -rf /usr/share/nginx/html/*
