--
-- PostgreSQL database dump
--

\restrict Xq3kPz0aVw8b

-- Dumped from database version 18.1
-- Dumped by pg_dump version 18.1

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: initials(text); Type: FUNCTION; Schema: public; Owner: rows_dump_owner
--

CREATE FUNCTION public.initials(name text) RETURNS text
    LANGUAGE sql IMMUTABLE
    BEGIN ATOMIC
 SELECT CASE
             WHEN (initials.name IS NULL) THEN ''::text
             ELSE "left"(initials.name, 1)
         END AS "case";
END;


ALTER FUNCTION public.initials(name text) OWNER TO rows_dump_owner;

--
-- Name: touch(); Type: FUNCTION; Schema: public; Owner: rows_dump_owner
--

CREATE FUNCTION public.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  -- a semicolon at the end of a line;
  new.touched := true;
  RETURN new;
END;
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: people; Type: TABLE; Schema: public; Owner: rows_dump_owner
--

CREATE TABLE public.people (
    id integer NOT NULL,
    name text,
    note text DEFAULT 'a;
b'::text,
    touched boolean
);


ALTER TABLE public.people OWNER TO rows_dump_owner;

CREATE SEQUENCE public.people_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.people_id_seq OWNER TO rows_dump_owner;

ALTER SEQUENCE public.people_id_seq OWNED BY public.people.id;

ALTER TABLE ONLY public.people ALTER COLUMN id SET DEFAULT nextval('public.people_id_seq'::regclass);

--
-- Data for Name: people; Type: TABLE DATA; Schema: public; Owner: rows_dump_owner
--

COPY public.people (id, name, note, touched) FROM stdin;
1	Ünï 😀	tab\there	t
2	\N		f
3	-- no comment; \\. \\N	back\\slash	\N
\.


SELECT pg_catalog.setval('public.people_id_seq', 3, true);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT people_pkey PRIMARY KEY (id);

CREATE TRIGGER touch BEFORE INSERT OR UPDATE ON public.people FOR EACH ROW EXECUTE FUNCTION public.touch();

GRANT SELECT ON TABLE public.people TO rows_dump_reader;

--
-- PostgreSQL database dump complete
--

\unrestrict Xq3kPz0aVw8b

