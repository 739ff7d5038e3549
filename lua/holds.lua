-- ---------------------------------------------------------------- holds

local function readHold(partition, id)
  local hold = call('HMGET', partition.p .. 'h:' .. id, 'p', 'w', 'n', 't', 'f', 'u', 'o', 'y')
  if not hold[1] then return nil end
  return { id = id, p = hold[1], w = hold[2], n = hold[3], t = hold[4], f = hold[5], u = tonumber(hold[6]), o = hold[7] or nil, y = hold[8] }
end

local function replyHold(hold)
  return { 'hold', hold.id, hold.y, hold.w, hold.n, hold.p, hold.t, hold.f, string.format('%.0f', hold.u), hold.o or '' }
end

-- Holders are kept apart from networks by a second space.
local function holderField(showing, holder)
  return showing .. '  ' .. holder
end

-- What a holder and a network hold of a showing: the holder's places and holds, the network's places.
local function heldOf(partition, showing, holder, network)
  local found = call('HMGET', partition.p .. 'by', holderField(showing, holder), showing .. ' ' .. network)
  local count, ids = 0, ''
  if found[1] then count, ids = string.match(found[1], '^(%d+) (.*)$') end
  return tonumber(count), ids, tonumber(found[2]) or 0
end

local function noteHeld(partition, showing, holder, network, count, ids, theirs)
  local mine, their = holderField(showing, holder), showing .. ' ' .. network
  if ids ~= '' and theirs > 0 then
    call('HSET', partition.p .. 'by', mine, count .. ' ' .. ids, their, theirs)
  elseif ids == '' and theirs <= 0 then
    call('HDEL', partition.p .. 'by', mine, their)
  else
    if ids == '' then call('HDEL', partition.p .. 'by', mine) else call('HSET', partition.p .. 'by', mine, count .. ' ' .. ids) end
    if theirs <= 0 then call('HDEL', partition.p .. 'by', their) else call('HSET', partition.p .. 'by', their, theirs) end
  end
end

-- Puts a hold into the books; its places are no business of this.
local function keepHold(partition, hold, count, ids, theirs)
  local size = #numbers(hold.p)
  local fields = { 'p', hold.p, 'w', hold.w, 'n', hold.n, 't', hold.t, 'f', hold.f, 'u', string.format('%.0f', hold.u), 'y', hold.y }
  if hold.o then
    fields[#fields + 1] = 'o'
    fields[#fields + 1] = hold.o
  else
    call('ZADD', partition.p .. 'e', string.format('%.0f', hold.u), hold.id)
  end
  call('HSET', partition.p .. 'h:' .. hold.id, unpack(fields))
  if not count then count, ids, theirs = heldOf(partition, hold.y, hold.w, hold.n) end
  noteHeld(partition, hold.y, hold.w, hold.n, count + size, ids == '' and hold.id or (ids .. ',' .. hold.id), theirs + size)
end

-- Takes a hold's places off the books of who held them.
local function uncount(partition, id, showing, holder, network, size)
  local count, ids, theirs = heldOf(partition, showing, holder, network)
  local left = {}
  for _, each in ipairs(split(ids, ',')) do if each ~= id then left[#left + 1] = each end end
  noteHeld(partition, showing, holder, network, count - size, table.concat(left, ','), theirs - size)
end

local function dropHold(partition, hold)
  call('DEL', partition.p .. 'h:' .. hold.id)
  if not hold.o then call('ZREM', partition.p .. 'e', hold.id) end
  uncount(partition, hold.id, hold.y, hold.w, hold.n, #numbers(hold.p))
end

local function noteExpired(partition, id, now)
  local key = partition.p .. 'x'
  call('ZADD', key, now, id)
  local surplus = call('ZCARD', key) - keptExpired
  if surplus > 0 then call('ZREMRANGEBYRANK', key, 0, surplus - 1) end
end

local function noteAbandoned(partition, holder, now)
  local times = split(call('HGET', partition.p .. 'ab', holder), ',')
  times[#times + 1] = now
  call('HSET', partition.p .. 'ab', holder, table.concat(times, ',', math.max(1, #times - 49)))
end

-- Ends a hold that is not in payment: its places are free again. Answers what is wrong.
local function endHold(partition, hold)
  local showing = knownShowing(partition, hold.y)
  if not showing then return 'hold ' .. hold.id .. ' holds places of a showing that nobody touched' end
  local wrong = move(showing, numbers(hold.p), 'h', 'f')
  if wrong then return wrong end
  save(partition, showing)
  dropHold(partition, hold)
  return nil
end

-- Ends the holds whose time is over. Answers what is wrong, and how many ended.
local function expire(partition, now)
  local ended = 0
  repeat
    local due = call('ZRANGEBYSCORE', partition.p .. 'e', '-inf', now, 'LIMIT', 0, 100)
    for _, id in ipairs(due) do
      local hold = readHold(partition, id)
      if hold then
        local wrong = endHold(partition, hold)
        if wrong then return wrong, ended end
        noteExpired(partition, id, now)
        noteAbandoned(partition, hold.w, now)
      else
        call('ZREM', partition.p .. 'e', id)
      end
      ended = ended + 1
    end
  until #due < 100 or ended >= expireAtOnce
  if ended > 0 then leave(partition) end
  return nil, ended
end

