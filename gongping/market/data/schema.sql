-- The shop's tables. Money is in fen, times are local, `owner` is "user:N" or "visitor:TOKEN".

CREATE TABLE sellers (id INTEGER PRIMARY KEY, name TEXT, company TEXT, uscc TEXT, region TEXT, opened TEXT);
CREATE TABLE goods (
    id INTEGER PRIMARY KEY, kind TEXT, category TEXT, brand TEXT, title TEXT, price INTEGER, seller_id INTEGER,
    options TEXT, sales INTEGER, praise INTEGER, reviews INTEGER, listed TEXT, bid INTEGER, points TEXT, band REAL
);
CREATE TABLE skus (id INTEGER PRIMARY KEY, goods_id INTEGER, name TEXT, price INTEGER, stock INTEGER, colour TEXT);
CREATE TABLE users (
    id INTEGER PRIMARY KEY, name TEXT UNIQUE, phone TEXT UNIQUE, email TEXT UNIQUE, password TEXT, nickname TEXT,
    personal INTEGER DEFAULT 1, marketing INTEGER DEFAULT 0, balance INTEGER DEFAULT 0, points INTEGER DEFAULT 0, created TEXT,
    closing TEXT
);
CREATE TABLE addresses (
    id INTEGER PRIMARY KEY, user_id INTEGER, name TEXT, phone TEXT, region TEXT, detail TEXT, is_default INTEGER DEFAULT 0
);
CREATE TABLE carts (
    id INTEGER PRIMARY KEY, owner TEXT, sku_id INTEGER, quantity INTEGER, warranty INTEGER DEFAULT 0, UNIQUE (owner, sku_id)
);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY, number TEXT UNIQUE, user_id INTEGER, status TEXT, consignee TEXT, phone TEXT, address TEXT,
    delivery TEXT, invoice TEXT, payment TEXT, goods_total INTEGER, freight INTEGER, extras_total INTEGER, discount INTEGER,
    total INTEGER, created TEXT, paid TEXT
);
CREATE TABLE order_lines (
    id INTEGER PRIMARY KEY, order_id INTEGER, sku_id INTEGER, goods_id INTEGER, title TEXT, sku TEXT, price INTEGER,
    quantity INTEGER, reviewed INTEGER DEFAULT 0
);
CREATE TABLE order_extras (id INTEGER PRIMARY KEY, order_id INTEGER, code TEXT, name TEXT, price INTEGER);
CREATE TABLE views (id INTEGER PRIMARY KEY, owner TEXT, goods_id INTEGER, at TEXT);
CREATE TABLE reviews (
    id INTEGER PRIMARY KEY, goods_id INTEGER, user_id INTEGER, author TEXT, stars INTEGER, body TEXT, sku TEXT, at TEXT
);
CREATE TABLE messages (id INTEGER PRIMARY KEY, user_id INTEGER, title TEXT, body TEXT, at TEXT);
CREATE TABLE complaints (
    id INTEGER PRIMARY KEY, number TEXT, user_id INTEGER, subject TEXT, body TEXT, contact TEXT, at TEXT, status TEXT
);
CREATE TABLE deregistrations (id INTEGER PRIMARY KEY, number TEXT, state TEXT, at TEXT, due TEXT);
CREATE INDEX views_owner ON views (owner);
CREATE INDEX reviews_goods ON reviews (goods_id);
CREATE INDEX skus_goods ON skus (goods_id);
