-- One workspace: a Basecamp account as it was last told, what was done here, and what waits to be sent.
-- Instants are microseconds since 1970 UTC; days are text, YYYY-MM-DD.

create table project (
    id integer primary key,
    status text not null,
    name text not null,
    description text not null,
    purpose text not null,
    starts_on text,
    ends_on text,
    dock text not null,
    created_at integer not null,
    updated_at integer not null,
    app_url text not null,
    raw text not null
) strict;

create table person (
    id integer primary key,
    name text not null,
    title text not null,
    email text not null,
    time_zone text not null,
    admin integer not null,
    owner integer not null,
    client integer not null,
    company text not null,
    sgid text not null,
    raw text not null
) strict;

-- Every kind of recording. What is long lives in `words` and `raw`, so that scans stay narrow.
-- `excerpt` and `blocked` follow from the body and are computed on write; `assignees` repeats `assignment` as a JSON array.
create table recording (
    id integer primary key,
    kind text not null,
    project integer not null,
    parent integer,
    status text not null,
    title text not null,
    excerpt text not null,
    blocked integer not null,
    position integer,
    completed integer not null,
    completed_at integer,
    completer integer,
    starts_on text,
    due_on text,
    span_from text,
    span_to text,
    assignees text not null,
    creator integer,
    created_at integer not null,
    updated_at integer not null,
    comments integer not null,
    app_url text not null
) strict;

create index recording_by_parent on recording (parent, kind);
create index recording_by_project on recording (project, kind, status);
create index recording_by_change on recording (project, updated_at);
create index recording_by_kind on recording (kind, status, created_at);
create index recording_open_due on recording (due_on)
    where completed = 0 and status = 'active' and due_on is not null;
create index recording_open_by_creator on recording (creator)
    where completed = 0 and status = 'active' and kind in ('Todo', 'Kanban::Card', 'Kanban::Step');
create index recording_tally on recording (project, status, completed, completed_at, due_on, blocked, assignees)
    where kind in ('Todo', 'Kanban::Card');

create table assignment (
    recording integer not null references recording (id) on delete cascade,
    person integer not null,
    primary key (recording, person)
) strict, without rowid;
create index assignment_by_person on assignment (person, recording);

-- The server's own JSON.
create table raw (
    id integer primary key references recording (id) on delete cascade,
    text text not null
) strict;

-- `html` is the rich text; `body` the same as plain text, which is what is searched.
create table words (
    id integer primary key references recording (id) on delete cascade,
    title text not null,
    body text not null,
    html text not null
) strict;

create virtual table item_words using fts5 (
    title, body,
    content = 'words', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
create virtual table item_vocabulary using fts5vocab ('item_words', 'row');

create trigger words_added after insert on words begin
    insert into item_words (rowid, title, body) values (new.id, new.title, new.body);
end;
create trigger words_removed after delete on words begin
    insert into item_words (item_words, rowid, title, body) values ('delete', old.id, old.title, old.body);
end;
create trigger words_changed after update of id, title, body on words
    when old.id <> new.id or old.title <> new.title or old.body <> new.body begin
    insert into item_words (item_words, rowid, title, body) values ('delete', old.id, old.title, old.body);
    insert into item_words (rowid, title, body) values (new.id, new.title, new.body);
end;

-- Names of people and projects, for search. Kept by the triggers below and by nothing else.
create table name (
    id integer primary key,
    type text not null,
    ref integer not null,
    name text not null,
    unique (type, ref)
) strict;

create virtual table name_words using fts5 (
    name,
    content = 'name', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
create virtual table name_vocabulary using fts5vocab ('name_words', 'row');

create trigger name_added after insert on name begin
    insert into name_words (rowid, name) values (new.id, new.name);
end;
create trigger name_removed after delete on name begin
    insert into name_words (name_words, rowid, name) values ('delete', old.id, old.name);
end;
create trigger name_changed after update of name on name when old.name <> new.name begin
    insert into name_words (name_words, rowid, name) values ('delete', old.id, old.name);
    insert into name_words (rowid, name) values (new.id, new.name);
end;
create trigger project_named after insert on project begin
    insert into name (type, ref, name) values ('project', new.id, new.name);
end;
create trigger project_renamed after update of name on project begin
    update name set name = new.name where type = 'project' and ref = new.id;
end;
create trigger person_named after insert on person begin
    insert into name (type, ref, name) values ('person', new.id, new.name);
end;
create trigger person_renamed after update of name on person begin
    update name set name = new.name where type = 'person' and ref = new.id;
end;

create table activity (
    id integer primary key,
    project integer not null,
    recording integer,
    action text not null,
    summary text not null,
    creator integer,
    created_at integer not null,
    raw text not null
) strict;
create index activity_by_time on activity (created_at);
create index activity_by_project on activity (project, created_at);
create index activity_by_recording on activity (recording, created_at) where recording is not null;

-- Changes made together. `reverses` names the set that an undo or a redo is about.
create table change_set (
    id integer primary key,
    at integer not null,
    who text not null,
    door text not null,
    summary text not null,
    state text not null,
    reverses integer references change_set (id)
) strict;
create index change_set_shown on change_set (id) where who <> 'sync';
create index change_set_by_reversal on change_set (reverses) where reverses is not null;

-- One change of one record. `route`: `sync` came from Basecamp, `remote` goes there, `derived` follows there from another
-- change and is never sent, `local` concerns this machine. `landed` is the server's record right after it accepted the change.
create table change (
    seq integer primary key autoincrement,
    set_id integer not null references change_set (id),
    route text not null,
    kind text not null,
    key integer not null,
    before text,
    after text,
    landed text
) strict;
create index change_by_set on change (set_id);
create index change_ours on change (key) where route <> 'sync';

-- Changes that Basecamp does not have yet. `base` is the server's record that the change started from, null for a create;
-- `theirs` is the server's record that it clashed with.
create table outbox (
    change integer primary key references change (seq),
    item integer not null,
    state text not null,
    unsure integer not null default 0,
    attempts integer not null default 0,
    problem text,
    notify text not null,
    base text,
    theirs text
) strict;
create index outbox_by_item on outbox (item, change);

-- The server's record, for as long as the item carries edits that were not sent.
create table server (
    id integer primary key references recording (id) on delete cascade,
    record text not null
) strict;

create table local_id (
    local integer primary key,
    real integer not null
) strict;

create table mark (
    key text primary key,
    value text not null
) strict, without rowid;

create table pin (
    project integer primary key,
    at integer not null
) strict;
