-- ---------------------------------------------------------------- housekeeping

-- An id that is free again would let its buyer pay for other places with a payment that the provider has under this very id.
local function forgetOrder(p, id)
  local showing = call('HGET', p .. 'o:' .. id, 'y')
  if showing and call('EXISTS', p .. 's:' .. showing) == 1 then call('APPEND', p .. 'd:' .. showing, digestOf(id)) end
  call('DEL', p .. 'o:' .. id)
  call('ZREM', p .. 'k', id)
end

local function forgetShowing(p, id)
  call('DEL', p .. 's:' .. id, p .. 'g:' .. id, p .. 'a:' .. id, p .. 'd:' .. id)
end

-- ARGV: epoch, now, orders changed before this are forgotten, showings begun before this are, log entries to keep.
-- Ends holds; forgets what the store has (R6) and nobody will ask for. Answers how many holds ended.
local function sweep(keys, args)
  local partition = enter(keys, args)
  if not partition then return closed end
  local wrong, ended = expire(partition, args[2])
  if wrong then return broken(partition, wrong) end
  local p = partition.p
  local applied = tonumber(call('HGET', keys[1], 'a')) or 0
  for _, id in ipairs(call('ZRANGEBYSCORE', p .. 'k', '-inf', args[3], 'LIMIT', 0, 200)) do
    local last = tonumber(call('HGET', p .. 'o:' .. id, 'l')) or 0
    if last <= applied then forgetOrder(p, id)
    -- Looked at again when it might have changed, so that it does not stand in the way of others.
    else call('ZADD', p .. 'k', args[2], id) end
  end
  for _, id in ipairs(call('ZRANGEBYSCORE', p .. 't', '-inf', args[4], 'LIMIT', 0, 200)) do
    local showing = knownShowing(partition, id)
    local busy = false
    for index = 1, showing and showing.n or 0 do
      busy = busy or showing.held[index] > 0 or showing.paying[index] > 0
    end
    if not busy then
      forgetShowing(p, id)
      call('ZREM', p .. 't', id)
    end
  end
  local keepFrom = math.min(applied, partition.s - tonumber(args[5])) + 1
  if keepFrom > 1 then call('XTRIM', p .. 'log', 'MINID', string.format('%.0f-0', keepFrom)) end
  for _, holder in ipairs(call('HRANDFIELD', p .. 'ab', 10) or {}) do
    local times = numbers(call('HGET', p .. 'ab', holder))
    -- No window is longer than a day.
    if (times[#times] or 0) < tonumber(args[2]) - 86400000 then call('HDEL', p .. 'ab', holder) end
  end
  return { 'ok', ended }
end

-- ARGV: epoch, sequence. The store has everything up to there.
local function acknowledge(keys, args)
  local applied = tonumber(call('HGET', keys[1], 'a')) or 0
  local head = tonumber(call('HGET', keys[1], 's')) or 0
  local sequence = math.min(tonumber(args[2]), head)
  if sequence > applied then call('HSET', keys[1], 'a', string.format('%.0f', sequence)) end
  return { 'ok' }
end

-- No ARGV. What a partition says of itself: the gate's epoch ('' while closed), epoch, sequence, hash, applied, recovery's
-- epoch, why it was closed for good.
local function state(keys)
  local meta = call('HMGET', keys[1], 'e', 's', 'h', 'a', 'r', 'z')
  local opened = gate[prefixOf(keys)]
  -- As in enter(): a gate of an earlier reign is as good as closed.
  if meta[5] ~= opened then opened = nil end
  return { opened or '', meta[1] or '0', meta[2] or '0', meta[3] or '', meta[4] or '0', meta[5] or '0', meta[6] or '' }
end

-- ARGV: reason. Stops selling the partition until somebody recovers it by hand.
local function close(keys, args)
  gate[prefixOf(keys)] = nil
  call('HSET', keys[1], 'z', args[1])
  return { 'ok' }
end

-- ---------------------------------------------------------------- orders brought back

local function putOrder(partition, id, args, at)
  local fields = {}
  for index = at, #args do fields[#fields + 1] = args[index] end
  call('HSET', partition.p .. 'o:' .. id, unpack(fields))
end

-- ARGV: epoch, now, order, then fields and values of its record. An order that was forgotten because the store has it is here
-- again; one that is here stays as it is.
local function adopt(keys, args)
  local partition = enter(keys, args)
  if not partition then return closed end
  if not readOrder(partition, args[3]) then
    putOrder(partition, args[3], args, 4)
    call('ZADD', partition.p .. 'k', args[2], args[3])
  end
  return replyOrder('order', readOrder(partition, args[3]))
end

