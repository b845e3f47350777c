-- purpose: the digest of some bytes, by the server
-- grain: one row
-- parameters: $1 bytes
select sha256($1) as digest
