BEGIN;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE TABLE "sources" (
   "id" TEXT PRIMARY KEY,
   "definition" TEXT NOT NULL,
   "address" BLOB NOT NULL,
   "active" INTEGER NOT NULL,
   "due_at" INTEGER NOT NULL,
   "polled_at" INTEGER,
   "succeeded_at" INTEGER,
   "etag" TEXT DEFAULT '',
   "last_modified" TEXT DEFAULT '',
   "body_hash" BLOB DEFAULT X'',
   "failures" INTEGER NOT NULL DEFAULT 0,
   "failure" TEXT,
   "info" TEXT NOT NULL DEFAULT '{}',
   "warnings" TEXT NOT NULL DEFAULT '[]'
, "keyed_by" TEXT NOT NULL DEFAULT 'guid', "churn" INTEGER NOT NULL DEFAULT 0, "pace" TEXT NOT NULL DEFAULT '{}', "priority" INTEGER NOT NULL DEFAULT 0, "paragraphs" INTEGER NOT NULL DEFAULT 0, "shown" BLOB) STRICT;
CREATE TABLE "stories" (
   "id" INTEGER PRIMARY KEY,
   "guid" TEXT NOT NULL,
   "lead" INTEGER NOT NULL,
   "language" TEXT,
   "first_seen" INTEGER NOT NULL,
   "sort_at" INTEGER NOT NULL,
   "updated" INTEGER NOT NULL,
   "revision" INTEGER NOT NULL,
   "searchable" INTEGER NOT NULL
) STRICT;
CREATE TABLE "articles" (
   "id" INTEGER PRIMARY KEY,
   "source_id" TEXT NOT NULL REFERENCES "sources"("id"),
   "key" TEXT NOT NULL,
   "story" INTEGER NOT NULL REFERENCES "stories"("id"),
   "reason" TEXT NOT NULL,
   "guid" TEXT,
   "url" TEXT,
   "canonical_url" TEXT,
   "claimed" INTEGER NOT NULL,
   "title" TEXT,
   "published" INTEGER,
   "first_seen" INTEGER NOT NULL,
   "length" INTEGER NOT NULL,
   "found_hash" BLOB NOT NULL,
   "substance" BLOB,
   "url_key" BLOB,
   "text_key" BLOB,
   "title_key" BLOB,
   "body" BLOB NOT NULL, "sketch" BLOB NOT NULL DEFAULT X'', "detail" TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE "wishes" (
   "source_id" TEXT,
   "key" TEXT,
   "due_at" INTEGER NOT NULL,
   "attempts" INTEGER NOT NULL,
   "first_seen" INTEGER NOT NULL,
   "found_hash" BLOB NOT NULL,
   "body" BLOB NOT NULL, "missing" INTEGER NOT NULL DEFAULT 0,
   PRIMARY KEY ("source_id", "key")
) STRICT;
CREATE TABLE "listed" (
   "parent" TEXT,
   "id" TEXT,
   "definition" TEXT,
   PRIMARY KEY ("parent", "id")
) STRICT;
CREATE TABLE "counters" (
   "name" TEXT PRIMARY KEY,
   "value" INTEGER NOT NULL
) STRICT;
CREATE TABLE "published" (
   "name" TEXT PRIMARY KEY,
   "fingerprint" BLOB
) STRICT;
CREATE TABLE "debts" (
   "host" TEXT PRIMARY KEY,
   "since" INTEGER NOT NULL,
   "until" INTEGER NOT NULL,
   "times" INTEGER NOT NULL,
   "message" TEXT NOT NULL
) STRICT;
CREATE TABLE "robots" (
   "origin" TEXT PRIMARY KEY,
   "until" INTEGER NOT NULL,
   "unreachable" INTEGER NOT NULL,
   "text" BLOB NOT NULL
) STRICT;
CREATE TABLE prints (hash INTEGER, article INTEGER, PRIMARY KEY (hash, article)) STRICT, WITHOUT ROWID;
CREATE TABLE "decisions" (
   "source_id" TEXT,
   "key" TEXT,
   "other_source" TEXT,
   "other_key" TEXT,
   "verdict" TEXT NOT NULL,
   "decided_at" INTEGER NOT NULL,
   PRIMARY KEY ("source_id", "key", "other_source", "other_key")
) STRICT;
CREATE TABLE "redirects" (
   "guid" TEXT PRIMARY KEY,
   "story" INTEGER,
   "source_id" TEXT NOT NULL,
   "key" TEXT NOT NULL,
   "sources" TEXT NOT NULL,
   "language" TEXT,
   "gone_at" INTEGER NOT NULL
) STRICT;
CREATE TABLE paragraphs (
            source_id TEXT NOT NULL, article INTEGER NOT NULL, page BLOB NOT NULL, title BLOB NOT NULL,
            digests BLOB NOT NULL, stale INTEGER NOT NULL, PRIMARY KEY (source_id, article)
        ) STRICT, WITHOUT ROWID
    ;
CREATE TABLE boilerplate (
            source_id TEXT NOT NULL, digest INTEGER NOT NULL, text TEXT NOT NULL, stories INTEGER NOT NULL,
            among INTEGER NOT NULL, verdict INTEGER NOT NULL, word TEXT NOT NULL, last_seen INTEGER NOT NULL,
            PRIMARY KEY (source_id, digest)
        ) STRICT, WITHOUT ROWID
    ;
CREATE TABLE profiles (
            id INTEGER PRIMARY KEY, source_id TEXT NOT NULL, owner TEXT NOT NULL, author TEXT NOT NULL,
            kind TEXT NOT NULL, key TEXT NOT NULL, platform TEXT NOT NULL, handle TEXT NOT NULL, url TEXT NOT NULL,
            label TEXT NOT NULL, seen_urls TEXT NOT NULL, status TEXT NOT NULL, successor TEXT NOT NULL,
            first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, heard INTEGER NOT NULL, articles INTEGER NOT NULL,
            UNIQUE (source_id, owner, author, kind, key)
        ) STRICT
    ;
CREATE TABLE evidence (
            profile INTEGER NOT NULL, place TEXT NOT NULL, locator TEXT NOT NULL, confidence REAL NOT NULL,
            article INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, count INTEGER NOT NULL,
            PRIMARY KEY (profile, place)
        ) STRICT, WITHOUT ROWID
    ;
CREATE TABLE social_events (
            id INTEGER PRIMARY KEY, guid TEXT NOT NULL UNIQUE, source_id TEXT NOT NULL, event TEXT NOT NULL,
            key TEXT NOT NULL, at INTEGER NOT NULL, article INTEGER, details TEXT NOT NULL
        ) STRICT
    ;
CREATE TABLE social_words (
            source_id TEXT NOT NULL, key TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (source_id, key)
        ) STRICT, WITHOUT ROWID
    ;
CREATE TABLE credited (
            source_id TEXT NOT NULL, article INTEGER NOT NULL, names TEXT NOT NULL, PRIMARY KEY (source_id, article)
        ) STRICT, WITHOUT ROWID
    ;
CREATE TABLE archived (
            channel TEXT NOT NULL, page INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (channel, page, story)
        ) STRICT, WITHOUT ROWID
    ;
CREATE TABLE told (
            hub TEXT NOT NULL, name TEXT NOT NULL, digest BLOB NOT NULL, PRIMARY KEY (hub, name)
        ) STRICT, WITHOUT ROWID
    ;
CREATE TABLE faults (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, message TEXT NOT NULL,
            remedy TEXT NOT NULL, began INTEGER NOT NULL, ended INTEGER
        ) STRICT
    ;
CREATE TABLE habits (
            source_id TEXT PRIMARY KEY, marks TEXT NOT NULL, sizes TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
    ;
CREATE TABLE leases (
            source_id TEXT PRIMARY KEY, hub TEXT NOT NULL, topic TEXT NOT NULL, callback TEXT NOT NULL,
            again_at INTEGER NOT NULL, until INTEGER, asked INTEGER NOT NULL, failures INTEGER NOT NULL,
            message TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
    ;
CREATE TABLE keys (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE subscriptions (
            callback TEXT NOT NULL, name TEXT NOT NULL, secret TEXT NOT NULL, until INTEGER NOT NULL,
            told BLOB NOT NULL, PRIMARY KEY (callback, name)
        ) STRICT, WITHOUT ROWID
    ;
INSERT INTO _sqlite_migrations VALUES (1, 'syndicator', 'sources_articles_stories', '2026-11-28 07:32:04.024122+00:00');
INSERT INTO _sqlite_migrations VALUES (2, 'syndicator', 'search', '2026-11-28 07:32:04.027824+00:00');
INSERT INTO _sqlite_migrations VALUES (3, 'syndicator', 'words_once', '2026-11-28 07:32:04.029823+00:00');
INSERT INTO _sqlite_migrations VALUES (4, 'syndicator', 'keyed_by', '2026-11-28 07:32:04.030975+00:00');
INSERT INTO _sqlite_migrations VALUES (5, 'syndicator', 'manners', '2026-11-28 07:32:04.032164+00:00');
INSERT INTO _sqlite_migrations VALUES (6, 'syndicator', 'near', '2026-11-28 07:32:04.033265+00:00');
INSERT INTO _sqlite_migrations VALUES (7, 'syndicator', 'decisions', '2026-11-28 07:32:04.035604+00:00');
INSERT INTO _sqlite_migrations VALUES (8, 'syndicator', 'boilerplate', '2026-11-28 07:32:04.037766+00:00');
INSERT INTO _sqlite_migrations VALUES (9, 'syndicator', 'presence', '2026-11-28 07:32:04.039081+00:00');
INSERT INTO _sqlite_migrations VALUES (10, 'syndicator', 'archives', '2026-11-28 07:32:04.039985+00:00');
INSERT INTO _sqlite_migrations VALUES (11, 'syndicator', 'forgetting', '2026-11-28 07:32:04.041070+00:00');
INSERT INTO _sqlite_migrations VALUES (12, 'syndicator', 'hubs', '2026-11-28 07:32:04.041767+00:00');
INSERT INTO _sqlite_migrations VALUES (13, 'syndicator', 'faults', '2026-11-28 07:32:04.042464+00:00');
INSERT INTO _sqlite_migrations VALUES (14, 'syndicator', 'habits', '2026-11-28 07:32:04.043118+00:00');
INSERT INTO _sqlite_migrations VALUES (15, 'syndicator', 'leases', '2026-11-28 07:32:04.043836+00:00');
INSERT INTO _sqlite_migrations VALUES (16, 'syndicator', 'subscriptions', '2026-11-28 07:32:04.044470+00:00');
INSERT INTO _sqlite_migrations VALUES (17, 'syndicator', 'carriers', '2026-11-28 07:32:04.045058+00:00');
INSERT INTO sources VALUES ('club', '{"id":"club","url":"","title":"Клуб","republish":"full","private":true}', X'33C41050C4CDE2B6E8D7EE182F25EDFD', 1, 1772722800000, 1772722800000, NULL, '', '', X'', 1, '{"kind":"status","message":"It answered 503.","remedy":"Wait.","status":503,"retry_after":60.0}', '{}', '[]', 'guid', 0, '{}', 0, 0, NULL);
INSERT INTO sources VALUES ('daily', '{"id":"daily","url":"https://daily.example/","kind":"page","select":{"item":"li","follow":true}}', X'2ACC07E645935407457FD6715CEF1C5D', 1, 1772722800000, 1772719200000, 1772719200000, 'W/"1"', 'Thu, 05 Mar 2026 13:00:00 GMT', X'612068617368206F66206120626F6479', 0, NULL, '{"title":"The Daily","site_url":"https://daily.example/","language":"en"}', '[]', 'guid', 0, '{"moments":[1772704800,1772712000],"hints":{"ttl":3600.0,"skip_hours":[1,2]},"repeats":2,"move":{"url":"https://daily.example/new","since":"2026-03-05T14:00:00Z","times":2},"why":"its own <ttl>"}', 0, 1, X'2A64DD70ACC0DEA5');
INSERT INTO sources VALUES ('moscow', '{"id":"moscow","url":"file:///etc/syndicator/moscow.opml","kind":"list"}', X'E84F9F308E87417129A644013CFBDEF5', 1, 1772719200000, NULL, NULL, '', '', X'', 0, NULL, '{}', '[]', 'link', 5, '{"told_until":"2026-03-05T15:00:00Z"}', 0, 0, NULL);
INSERT INTO stories VALUES (1, 'https://daily.example/river', 1, 'en', 1772719200000, 1772712000000, 1772712000000, 3, 1);
INSERT INTO stories VALUES (2, 'urn:uuid:7bab3858-0b81-55d2-a00d-6df46d37d9a7', 3, 'ru', 1772722800000, 1772722800000, 1772722800000, 2, 1);
INSERT INTO articles VALUES (1, 'daily', 'https://daily.example/river', 1, 'first', 'https://daily.example/river', 'https://daily.example/river?utm_source=rss', 'https://daily.example/river', 0, 'The river has risen by two metres', 1772712000000, 1772719200000, 206, X'666F756E64207468652072697665722E', X'62646D25CEB40646A37ADBBDD3EA4442', X'B4B4FF72B85C5DB5A29D3E54BEEDEB0A', X'9F4FE95528394FBD77AFA024EB2576FB', X'9D632F0C616EACBAA3542D14A189DC29', X'28B52FFD600103ED0A0086974724206DAC0341F0A2A41CD1E52D543144EA3422024024DF0D2F6361F82276ADA81A0018450D3B003D003F001C2DDECE8F3AFAF5C65BC74529AEF3F539DBA001693D785D2BF4F5E6876B859F843BC189A2B429298DDE3E71C4D7A7E7F679FBE31AEC7495E62101ED0F47D33D47955F8F10099D60FAF5C85252D3D2A926438F6B8546328D5498A471284CE3601AC9BCFD411A7D7D7253864A92A06A72A8C8D3B59A1B291510D375BE189123C4B86F7F6E217F3DC684B733DC78C843FB6C29A275BFBE6058508A60618BEA6550034CAD2AB1DD7060AC31D69680C50053083005C1C296078D7B0AD3FC70DDB8C70044189182F6884291DFD721965091DC53F7ED2C27FA7501099343BA4EE93991DFCED05628EEFB627C363F5CC31FDA27BB9602140011C5C04BC524095721507174A85423D6956714F79F1B0A3C90372651D2A4E4491D55DB68D4FA744CA88118C060B07794E84809DB2A09CC6B9201', X'0135A65321988D2759D2FDE391ED81C33B', '');
INSERT INTO articles VALUES (2, 'club', '7', 1, 'url', '7', 'https://daily.example/river?from=club', 'https://daily.example/river', 1, 'The river has risen by two metres', 1772712000000, 1772722800000, 206, X'666F756E6420612072657072696E742E', X'62646D25CEB40646A37ADBBDD3EA4442', X'B4B4FF72B85C5DB5A29D3E54BEEDEB0A', X'9F4FE95528394FBD77AFA024EB2576FB', X'9D632F0C616EACBAA3542D14A189DC29', X'28B52FFD60D6020D0B00C6984A24106FAC0302B882DCED9330DE5E0C119AF06014A44076E0D7C3833911218028000000404F3F003F00420074FFF46BEC9CAF3F1C3B0D4A901D8427C98904D990269376F1B1453326D7F849929D91D2E87B27EBD70D2AF47583EFA7A6F87A539DF3FDD31EEDC82ACD47025F87120C6AD1F4EBB0A3A426A653CD869E261998B8303159184C932C4CB33071F9DE3D1A7D7DB6A4FD945441D5D428D8B349353952AAA3C6F7ED68A35F5D65CB71710508F97BD7F8F5D7215CF8BE1FC34722F6534A11ADFCF586438352050A5394640745C0D4AA152C1F108C2D63AB08340858C0000B285098F2FDD3D16CAEA9314C73C9221BD224D3DC0270E1B838D8471482EDBE0E757C89D49ECADF779CE8D707E26344649D9273607FDF105708B2FB727CCA86B48747EC673729414DD979110058858BA5679284B630A0383A54AA11EBCA338AFBCF0D051EC81B93286952F2A48EAA6D346A7D7A41705B079A115CC90A930C', X'0135A65321988D2759D2FDE391ED81C33B', '');
INSERT INTO articles VALUES (3, 'club', '8', 2, 'first', '', 'https://club.example/8', '', 0, 'Всё ещё снег: «ёлки» стоят', NULL, 1772722800000, 10, X'666F756E6420736F6D6520736E6F772E', X'BA5B2989BB367B36BA34AD5844080CED', X'', X'', X'2117AA07170CE5432B6AFE40EB6D3FE0', X'28B52FFD60F800750B00E65850334069DB1C9307800FFDC1613848347683F6375E01A69EFE9FF21825E86D9BEE472AB6967A69180638EA1C4FF40AB92CC3301003430040004100964BEA8389D526AF2EF1485D927AA0565F921AA909EEE685D4A16656582C8C1EE7B00A46826FB16833A2D4E1662825332BB8B9C00E303323C1E7E6C661D827A538FD08B1813A18F9B1D00C9DF3E234B324DDBC0D27352007CD4C9DF2CB27BF7CC1DD0C4587BE9D66564C555229AF7C31B89BA9C352334F1541BD7CAA91BA2C139547788F83CC2CD71139D988343AA228FD58689ED469563E330644800240F33E681BA7018ACFCCFB286803398799234EFDA14E5EDDF2EA0DEE66B8CCE36463E152373F32091006C43B9D94E482F88A54EA125FD5A70AE1D4A75AB983651CF926234D37CFE9E06358C88166019C19A36609C467A5190362885F0C54055F0FB5F288574E3975CB030E0027CB30704B239F35B86F9339E16A986671105A2AD888FC856C9B8CBB39D0CF8853545D1370834203', X'', '');
INSERT INTO wishes VALUES ('daily', 'https://daily.example/park', 1772722800000, 1, 1772719200000, X'666F756E6420746865207061726B2E2E', X'28B52FFD20EBA503008207181A7069DB64256C226E28165545B1DF01C0C1FFEF58F34DFFFF7003AD7D1B5181DCFC77450399B43A2C67F74D50C08C839BD67EE831B6111D6A14C8EFA9181167F7E4A469E59EDD572743DE7C1BD14946054C2460B1A272CE2D2825C2EFDCEA2C0500696420C3085E9109400A6488872B28', 0);
INSERT INTO listed VALUES ('moscow', 'metro', '{"id":"metro","url":"https://metro.example/rss","title":"Метро","parent":"moscow"}');
INSERT INTO counters VALUES ('articles', 4);
INSERT INTO counters VALUES ('revision', 4);
INSERT INTO counters VALUES ('sketched', 0);
INSERT INTO counters VALUES ('social', 3);
INSERT INTO counters VALUES ('social_hour', 492423);
INSERT INTO counters VALUES ('stories', 3);
INSERT INTO published VALUES ('feeds/all.rss', X'612066696E6765727072696E742E2E2E');
INSERT INTO debts VALUES ('club.example', 1772719200000, 1772722800000, 2, 'The host says that we ask too often (429).');
INSERT INTO robots VALUES ('https://daily.example', 1772722800000, 0, X'28B52FFD2020010100557365722D6167656E743A202A0A446973616C6C6F773A202F70726976617465');
INSERT INTO prints VALUES (900092705, 1);
INSERT INTO prints VALUES (900092705, 2);
INSERT INTO prints VALUES (2559387481, 1);
INSERT INTO prints VALUES (2559387481, 2);
INSERT INTO prints VALUES (3539854225, 1);
INSERT INTO prints VALUES (3539854225, 2);
INSERT INTO prints VALUES (3984704315, 1);
INSERT INTO prints VALUES (3984704315, 2);
INSERT INTO decisions VALUES ('club', '7', 'club', '8', 'split', 1772719200000);
INSERT INTO decisions VALUES ('club', '8', 'club', '7', 'split', 1772719200000);
INSERT INTO redirects VALUES ('tag:daily.example,2026:gone', 1, 'daily', 'gone', '["daily"]', '', 1772722800000);
INSERT INTO paragraphs VALUES ('club', 2, X'B4B4FF72B85C5DB5', X'9D632F0C616EACBA', X'', 0);
INSERT INTO paragraphs VALUES ('club', 3, X'', X'2117AA07170CE543', X'0700000000000000F8FFFFFFFFFFFFFF', 0);
INSERT INTO paragraphs VALUES ('daily', 1, X'B4B4FF72B85C5DB5', X'9D632F0C616EACBA', X'', 0);
INSERT INTO paragraphs VALUES ('daily', 4, X'', X'94600D665A985647', X'', 0);
INSERT INTO boilerplate VALUES ('club', -9, 'Реклама', 0, 0, 0, 'deny', 1772722800000);
INSERT INTO boilerplate VALUES ('daily', 7, 'More in our review.', 9, 9, 2, '', 1772719200000);
INSERT INTO profiles VALUES (1, 'club', 'publisher', '', 'profile', 'telegram:club', 'telegram', 'club', 'https://t.me/club', 'Телеграм', '["https://t.me/club"]', 'active', '', 1772722800000, 1772722800000, 0, 1);
INSERT INTO evidence VALUES (1, '', '', 0.9, 3, 1772722800000, 1772722800000, 1);
INSERT INTO social_events VALUES (1, 'urn:x-syndicator:event:70d870aa027fcc20b4622ad52506b011', 'club', 'profile.added', 'telegram:club', 1772722800000, NULL, '{"platform":"telegram","kind":"profile","owner":"publisher","handle":"club","url":"https://t.me/club","confidence":1.0}');
INSERT INTO social_words VALUES ('club', 'vk:club', 'deny');
INSERT INTO credited VALUES ('club', 3, '[["photographer","Владимир Ефимов"]]');
INSERT INTO archived VALUES ('all', 1, 1);
INSERT INTO archived VALUES ('all', 2, 2);
INSERT INTO told VALUES ('https://hub.example/', 'feeds/all.rss', X'612066696E6765727072696E742E2E2E');
INSERT INTO faults VALUES (1, 'silent', 'club', 'It has brought nothing new for 9 days.', 'Look there.', 1772719200000, NULL);
INSERT INTO habits VALUES ('club', '1', '');
INSERT INTO habits VALUES ('daily', '', '');
INSERT INTO leases VALUES ('moscow', 'https://hub.example/', 'https://moscow.example/list', 'https://news.example/push/token', 1772722800000, 1772722800000, 0, 1, 'The hub does not answer.');
INSERT INTO subscriptions VALUES ('https://reader.example/called?a=1', 'feeds/all.rss', 's', 1772722800000, X'646967657374');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_sources_active_due_at"
    ON "sources" ("active", "due_at");
CREATE UNIQUE INDEX "idx_stories_guid"
    ON "stories" ("guid");
CREATE INDEX "idx_stories_sort_at_id"
    ON "stories" ("sort_at", "id");
CREATE INDEX idx_stories_lagging ON stories (id) WHERE searchable = 0;
CREATE UNIQUE INDEX "idx_articles_source_id_key"
    ON "articles" ("source_id", "key");
CREATE INDEX "idx_articles_story"
    ON "articles" ("story");
CREATE INDEX idx_articles_url_key ON articles (url_key) WHERE url_key != x'';
CREATE INDEX idx_articles_text_key ON articles (text_key) WHERE text_key != x'';
CREATE INDEX "idx_wishes_due_at"
    ON "wishes" ("due_at");
CREATE INDEX "idx_decisions_other_source_other_key"
    ON "decisions" ("other_source", "other_key");
CREATE INDEX "idx_redirects_story"
    ON "redirects" ("story");
CREATE INDEX "idx_redirects_gone_at"
    ON "redirects" ("gone_at");
CREATE INDEX idx_paragraphs_stale ON paragraphs (source_id, article) WHERE stale = 1;
CREATE INDEX idx_profiles_key ON profiles (key);
CREATE INDEX idx_social_events_at ON social_events (at, id);
CREATE INDEX idx_credited_article ON credited (article);
CREATE UNIQUE INDEX idx_archived_story ON archived (story, channel);
CREATE INDEX idx_faults_open ON faults (id) WHERE ended IS NULL;
CREATE VIRTUAL TABLE words USING fts5(title, body, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2');
DELETE FROM words_data;
INSERT INTO words_data VALUES (1, X'020C24');
INSERT INTO words_data VALUES (10, X'000000010104040004010101020101030101040101');
INSERT INTO words_data VALUES (137438953473, X'0000008F08306272696467657301160101090505050505050505020179010806010106010368617301080401010401066D657472657301080801010801046F70656E011601010B05050505050505050105726973656E0108050101050303766572010803010103010473746179011601010A050505050505050501037468650108020101020202776F0108070101070416090B0E130D0B130B');
INSERT INTO words_data VALUES (274877906945, X'0000004F0730D0B2D181D0B50202020207B5D0BBD0BAD0B80202050304D189D0B50202030207B8D0B4D0B5D18202060101030108D181D0BDD0B5D0B30208040101020308D182D0BED18FD182020206040B0C090E10');
INSERT INTO words_data VALUES (412316860417, X'0000000D0530676F6E6503020204');
INSERT INTO words_data VALUES (549755813889, X'0000000C0530676F6E65030104');
DELETE FROM words_config;
INSERT INTO words_config VALUES ('hashsize', 16777216);
INSERT INTO words_config VALUES ('version', 4);
DELETE FROM words_idx;
INSERT INTO words_idx VALUES (1, X'', 2);
INSERT INTO words_idx VALUES (2, X'', 2);
INSERT INTO words_idx VALUES (3, X'', 2);
INSERT INTO words_idx VALUES (4, X'', 2);
COMMIT;
