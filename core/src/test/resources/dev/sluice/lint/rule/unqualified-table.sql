-- case: several schemas
CREATE TABLE sales.a (id int);
CREATE TABLE public.b (id int);
CREATE TABLE c (id int); -- found
CREATE TABLE sales.d (id int);

-- case: one schema
CREATE TABLE a (id int);
CREATE TABLE b (id int);

-- case: a temporary table, and a search_path
CREATE TABLE sales.a (id int);
CREATE TABLE public.b (id int);
CREATE TEMP TABLE work (id int);
SET search_path = sales;
CREATE TABLE c (id int);
