--
-- PostgreSQL database dump
--

-- Dumped from database version 12.9
-- Dumped by pg_dump version 14.2

SET statement_timeout = 0;
SET client_encoding = 'LATIN1';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE DATABASE shop WITH TEMPLATE = template0 ENCODING = 'UTF8' LC_COLLATE = 'C' LC_CTYPE = 'C';

ALTER DATABASE shop OWNER TO postgres;

\connect shop

SET client_encoding = 'LATIN1';

CREATE SCHEMA public;

CREATE TABLE public.words (
    w text
);

INSERT INTO public.words VALUES ('café');
INSERT INTO public.words VALUES ('two
-- lines;
''quoted'';
');
INSERT INTO public.words (w) VALUES (NULL);
