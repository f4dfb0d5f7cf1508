-- What belongs to this installation and to no single workspace. Secrets are never here.
-- Instants are microseconds since 1970 UTC.

create table sign_in (
    id integer primary key autoincrement,
    label text not null,
    method text not null,
    api text not null,
    launchpad text not null,
    client_id text not null,
    revoked integer not null,
    accounts text not null,
    created_at integer not null
) strict;

create table workspace (
    id integer primary key autoincrement,
    name text not null,
    source text not null,
    sign_in integer references sign_in (id) on delete set null,
    account text not null,
    created_at integer not null,
    opened_at integer
) strict;

create table setting (
    key text primary key,
    value text not null
) strict, without rowid;

create table notice (
    id integer primary key autoincrement,
    at integer not null,
    text text not null
) strict;
