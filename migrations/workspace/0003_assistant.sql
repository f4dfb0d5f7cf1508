-- Conversations with the assistant, what it may do unasked, and what it remembers.
-- Words such as `stage`, `state`, `scope` and `rule` stand as they travel. JSON is that of the contract.

create table conversation (
    id integer primary key autoincrement,
    title text not null,
    created_at integer not null,
    updated_at integer not null,
    archived integer not null,
    model integer,
    draft text not null,
    -- What was said while a turn ran and waits its turn: a JSON array of texts, oldest first.
    queued text not null,
    branched_from integer references conversation (id) on delete set null,
    stage text not null
) strict;
create index conversation_shown on conversation (archived, updated_at);
create index conversation_busy on conversation (id) where stage <> 'idle';
create index conversation_by_origin on conversation (branched_from) where branched_from is not null;

-- The record. It only grows; `seq` counts from 1 without gaps.
create table agent_item (
    conversation integer not null references conversation (id) on delete cascade,
    seq integer not null,
    turn integer not null,
    at integer not null,
    kind text not null,
    json text not null,
    primary key (conversation, seq)
) strict;
-- A call has one result.
create unique index agent_item_result on agent_item (conversation, json ->> 'call') where kind = 'result';
create trigger agent_item_stays before update on agent_item begin
    select raise(abort, 'a line of a record is never changed');
end;

-- What was said and answered, and the titles, for search: the row of a line is its conversation's id and its seq, that of a
-- title has 0 for the seq. Kept by the triggers below and by nothing else.
create virtual table agent_words using fts5 (
    text, content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
create trigger agent_item_added after insert on agent_item when new.kind in ('said', 'answered') begin
    insert into agent_words (rowid, text) values ((new.conversation << 32) | new.seq, new.json ->> 'text');
end;
create trigger conversation_added after insert on conversation begin
    insert into agent_words (rowid, text) values (new.id << 32, new.title);
end;
create trigger conversation_renamed after update of title on conversation when old.title <> new.title begin
    delete from agent_words where rowid = old.id << 32;
    insert into agent_words (rowid, text) values (new.id << 32, new.title);
end;
create trigger conversation_removed after delete on conversation begin
    delete from agent_words where rowid >= old.id << 32 and rowid < (old.id + 1) << 32;
end;

-- The calls as they stand. `decision`: `allowed`, `denied`, `unasked`, or null while nobody decided. `rest` is what else is
-- known of the call and never asked for by itself.
create table agent_call (
    conversation integer not null references conversation (id) on delete cascade,
    id integer not null,
    turn integer not null,
    tool text not null,
    input text not null,
    state text not null,
    exclusive integer not null,
    rest text not null,
    output text not null,
    made_at integer not null,
    decided_at integer,
    decision text,
    primary key (conversation, id)
) strict;
create index agent_call_by_turn on agent_call (conversation, turn);
-- A call that ran unasked was decided when it was made.
create index agent_call_by_decision on agent_call (coalesce(decided_at, made_at), decision) where decision is not null;

create table agent_use (
    conversation integer not null references conversation (id) on delete cascade,
    turn integer not null,
    json text not null,
    primary key (conversation, turn)
) strict, without rowid;

create table agent_grant (
    id integer primary key autoincrement,
    tool text not null,
    target text,
    target_title text not null,
    scope text not null,
    conversation integer references conversation (id) on delete set null,
    made_at integer not null,
    used_at integer
) strict;
create index agent_grant_by_tool on agent_grant (tool);
create index agent_grant_by_conversation on agent_grant (conversation) where conversation is not null;
-- What was allowed for a conversation ends with it.
create trigger conversation_ends before delete on conversation begin
    delete from agent_grant where conversation = old.id and scope = 'conversation';
end;

create table agent_rule (
    tool text primary key,
    rule text not null
) strict, without rowid;

-- `folded` is the text without regard to case and white space: the same twice is one. `conversation` is where the assistant
-- wrote it, whether that is still there or not; null when the person did.
create table memory (
    id integer primary key autoincrement,
    text text not null,
    folded text not null unique,
    conversation integer,
    pending integer not null,
    made_at integer not null,
    changed_at integer not null,
    used_at integer
) strict;
