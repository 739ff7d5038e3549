#!lua name=marquee
-- version 11
--
-- The transaction layer of a fleet. Every decision about a place is one call of a function below: it validates everything, then
-- writes, because a function that fails keeps what it wrote before. KEYS[1] is a partition's record, `{p17}:m`; all other keys of
-- the partition share its hash tag and are named here. ARGV[1] is the epoch the caller believes in.
--
--   m             hash    e epoch, s sequence, h chain hash, a applied by the store, v version, r epoch of a recovery under way,
--                         z why it was closed for good
--   log           stream  the sales log; ids `<sequence>-0`; fields e, h, b
--   s:<showing>   string  header (see readShowing), then one byte a place
--   g:<showing>   hash    place → generation of its last ticket, where that is not 1
--   a:<showing>   hash    place → "<at> <gate>" of its admission
--   d:<showing>   string  six bytes of the digest of each order of it that is forgotten here, because the store has it: the id is used up
--   t             zset    touched showings by their start
--   h:<hold>      hash    p places, w holder, n network, t terms, f held at, u until, o order
--   e             zset    holds by the instant at which they end; those in payment are not in it
--   x             zset    holds that ran out lately
--   by            hash    "<showing> <network>" → places; "<showing> <holder>" → "<places> <hold>,<hold>"
--   ab            hash    holder → instants at which holds were let go
--   o:<order>     hash    i intent, f fingerprint, y showing, d hold, w holder, n network, p places, g generations, t terms,
--                         st status, q sequence of the sale, pay payment, why reason, tot total, av active places, ra refunded,
--                         ri refund ids, rf:<id> refund, mi move ids, mv:<id> move, l last sequence, c being cancelled
--   u             set     orders in payment or with a refund begun
--   k             zset    orders that were finished, by when
--
-- Outside the partitions, since an id says nothing of the one it belongs to:
--
--   i:<4 hex>     hash    digest of an order's id → the showing that it is bound to, until when (see bindings.lua)
--
-- A place's byte: f free, h held, p paying, b blocked, s sold; of the sold ones a admitted, v void (a refund has begun), w both.

-- What callers rely on: the functions' names, what these are given and answer, and the keys that callers read themselves. It is part of
-- every function's name, so a program that relies on another one finds no function here and decides nothing. Raise it with each
-- change that a program of before would not get along with; a function more is none.
local interface = '4'

-- Which epoch each partition sells in. Neither stored nor replicated: after a restart, a promotion or a flush it is empty, and
-- every partition is closed until a recovery opens it (R1).
local gate = {}

-- Set when a function is called: while the library loads there is no redis.call yet.
local call

local headSize = 23
local sectionSize = 18
-- Seats of rooms up to this size are read at once.
local wholeRoom = 4096
local smallRoom = 512
local expireAtOnce = 500
local keptExpired = 2000

local function prefixOf(keys)
  return string.sub(keys[1], 1, -2)
end

local function split(text, separator)
  local parts = {}
  if text == '' or not text then return parts end
  for part in string.gmatch(text, '[^' .. separator .. ']+') do parts[#parts + 1] = part end
  return parts
end

local function numbers(text)
  local parts = split(text, ',')
  for index, part in ipairs(parts) do parts[index] = tonumber(part) end
  return parts
end

-- Calls a command with many values, so many at a time: one call for each would keep everybody waiting.
local function inSlices(command, key, values)
  for from = 1, #values, 2000 do call(command, key, unpack(values, from, math.min(from + 1999, #values))) end
end

-- ---------------------------------------------------------------- partitions

-- The partition as it is when a function of this epoch may decide; nil if it may not.
local function enter(keys, args)
  local p = prefixOf(keys)
  local meta = call('HMGET', keys[1], 'e', 's', 'h', 'v', 'r')
  -- While a recovery goes on, r is ahead of e. A gate may outlive its reign: in a master that became a replica for a while.
  if gate[p] ~= args[1] or meta[1] ~= args[1] or meta[5] ~= args[1] then return nil end
  return { p = p, key = keys[1], epoch = args[1], s = tonumber(meta[2]) or 0, h = meta[3] or '', v = tonumber(meta[4]) or 0 }
end

local closed = { 'closed' }

-- An invariant is broken: a fault in Marquee or in the data, never in a request. Nothing was written; the partition stops
-- selling, for good: better that than to sell a seat twice.
local function broken(partition, why)
  gate[partition.p] = nil
  call('HSET', partition.key, 'z', why)
  return redis.error_reply('INVARIANT ' .. why)
end

local function nextVersion(partition)
  partition.v = partition.v + 1
  return tonumber(partition.epoch) * 1000000000 + partition.v
end

local function append(partition, body)
  partition.s = partition.s + 1
  partition.h = redis.sha1hex(partition.h .. body)
  call('XADD', partition.p .. 'log', string.format('%.0f-0', partition.s), 'e', partition.epoch, 'h', partition.h, 'b', body)
  return partition.s
end

local function leave(partition)
  call('HSET', partition.key, 's', string.format('%.0f', partition.s), 'h', partition.h, 'v', partition.v)
end

