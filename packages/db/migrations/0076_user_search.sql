CREATE INDEX "users_text" ON "users" USING gin ((search_form("name") || ' ' || search_form("email")) gin_trgm_ops);
