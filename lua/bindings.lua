-- ---------------------------------------------------------------- bindings

-- Which showing an order's id was used for: 65,536 hashes for all ids, so small that Redis keeps each in one piece without tables. A key of
-- its own for each id takes four times as much. A field is a digest of the id, its value 11 bytes that are the showing's id, then the
-- last day (2) on which it is bound. Redis 7.0 ends keys, not fields, so what is over is pruned in turn; to look after a key's end
-- with each order would cost it 2 %.
local boundSize = 11
local dayMs = 86400000

-- ARGV from `at` on: what binds an id, its digest, the two numbers that are the showing's id, the last day.
local function readBinding(args, at)
  local last = tonumber(args[at + 3])
  return { id = args[at], value = struct.pack('>I6I5I2', tonumber(args[at + 1]), tonumber(args[at + 2]), last), last = last }
end

local function lastDayOf(value)
  return (struct.unpack('>I2', value, boundSize + 1))
end

-- Binds an id to a showing, never for a shorter time than before. Answers whether it is bound to this showing now, and whether it was free before.
local function bindId(bucket, binding, now)
  if call('HSETNX', bucket, binding.id, binding.value) == 1 then return true, true end
  local bound = call('HGET', bucket, binding.id)
  local last = lastDayOf(bound)
  local over = last < math.floor(now / dayMs)
  local same = string.sub(bound, 1, boundSize) == string.sub(binding.value, 1, boundSize)
  if not same and not over then return false, false end
  if not same or last < binding.last then call('HSET', bucket, binding.id, binding.value) end
  return true, over
end

-- ARGV: now; the binding (see readBinding). KEYS[1]: its bucket.
local function bind(keys, args)
  local bound = bindId(keys[1], readBinding(args, 2), tonumber(args[1]))
  return { bound and 'bound' or 'order_id_reused' }
end

-- ARGV: now. KEYS[1]: a bucket. Forgets what is not bound any more.
local function prune(keys, args)
  local today = math.floor(tonumber(args[1]) / dayMs)
  local all, over = call('HGETALL', keys[1]), {}
  for index = 1, #all, 2 do
    if lastDayOf(all[index + 1]) < today then over[#over + 1] = all[index] end
  end
  inSlices('HDEL', keys[1], over)
  return { 'ok', #over }
end

