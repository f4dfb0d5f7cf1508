-- Automations. `document` and `history` are JSON of the flow crate; nothing here looks into them. What the list shows of a document
-- (`name`, `starts`, `steps`, `problems`) is written beside it by whoever edits it. `pending` is JSON of the contract. `remote` is
-- what is known of its counterpart on a server, in the words of whoever speaks with it.
create table flow (
    id integer primary key autoincrement,
    name text not null,
    folder text not null,
    place text not null,
    state text not null,
    starts text not null,
    steps integer not null,
    problems integer not null,
    owner text not null,
    revision integer not null,
    document text not null,
    history text not null,
    published integer,
    pending text,
    remote text,
    made_at integer not null,
    changed_at integer not null
) strict;

-- Edits of flows on a server, in their order, until whoever sends them has taken them over.
create table flow_outbox (
    id integer primary key autoincrement,
    flow_id integer not null references flow (id) on delete cascade,
    edit text not null
) strict;

create index flow_outbox_of_flow on flow_outbox (flow_id, id);

-- What was published, and what it may do since then. A number is never given again within a flow.
create table flow_version (
    flow_id integer not null references flow (id) on delete cascade,
    number integer not null,
    document text not null,
    granted text not null,
    at integer not null,
    primary key (flow_id, number)
) strict, without rowid;

-- What steps brought, or would bring. At most one of a step's is chosen; the unnamed one is what the last test brought.
create table flow_sample (
    flow_id integer not null references flow (id) on delete cascade,
    step text not null,
    name text not null,
    value text not null,
    chosen integer not null,
    at integer not null,
    primary key (flow_id, step, name)
) strict, without rowid;

-- How far a flow's trigger has come: when it is due next, or what it has seen, in the words of whoever starts flows.
create table flow_mark (
    flow_id integer primary key references flow (id) on delete cascade,
    value text not null
) strict;

-- Flows as they were when they ran, each once.
create table run_document (
    id integer primary key,
    fingerprint text not null unique,
    document text not null
) strict;

-- `key` names what set the run off: the same thing never sets off two. `granted` is what it may do, in the words of whoever began it;
-- `start` is what it begins with, until it has begun.
create table run (
    id integer primary key autoincrement,
    flow_id integer not null references flow (id) on delete cascade,
    document_id integer not null references run_document (id),
    key text not null unique,
    test integer not null,
    rehearsal integer not null,
    cause text not null,
    granted text not null,
    start text,
    status text not null,
    began_at integer not null,
    ended_at integer,
    failed_step text,
    failure text,
    wait text
) strict;

create index run_of_flow on run (flow_id, began_at desc);
create index run_by_time on run (began_at desc);
create index run_under_way on run (id) where ended_at is null;
create index run_with_document on run (document_id);

-- All that a run is made of. An event is there once its transaction is; its number is its place.
create table run_event (
    run_id integer not null references run (id) on delete cascade,
    number integer not null,
    event text not null,
    primary key (run_id, number)
) strict, without rowid;

-- What is too big to stand in an event. The handle is the number.
create table run_value (
    id integer primary key autoincrement,
    run_id integer not null references run (id) on delete cascade,
    value text not null
) strict;

create index run_value_of_run on run_value (run_id);

-- Whose account steps act with. Secrets are in the vault; `key` is what steps name it by.
create table connection (
    id integer primary key autoincrement,
    key text not null unique,
    label text not null,
    piece text not null,
    kind text not null,
    fault text,
    made_at integer not null
) strict;

-- What was done under a key, and what was answered: written with what was done, so that it is not done again.
create table done_once (
    key text primary key,
    reply text not null,
    at integer not null
) strict, without rowid;

-- Tables that steps write into. A cell that is empty has no row; its text is in the form of its column's kind.
create table data_table (
    id integer primary key autoincrement,
    name text not null,
    made_at integer not null
) strict;

create table data_field (
    id integer primary key autoincrement,
    table_id integer not null references data_table (id) on delete cascade,
    name text not null,
    kind text not null,
    unique (table_id, name)
) strict;

create table data_record (
    id integer primary key autoincrement,
    table_id integer not null references data_table (id) on delete cascade,
    made_at integer not null,
    changed_at integer not null
) strict;

create index data_record_of_table on data_record (table_id, id);

create table data_cell (
    record_id integer not null references data_record (id) on delete cascade,
    field_id integer not null references data_field (id) on delete cascade,
    value text not null,
    primary key (record_id, field_id)
) strict, without rowid;

create index data_cell_of_field on data_cell (field_id);
