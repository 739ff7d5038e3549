-- ---------------------------------------------------------------- recovery
-- Each call carries the recovery's epoch: one that was overtaken by a later recovery changes nothing any more.

local function recovering(keys, args)
  if call('HGET', keys[1], 'r') ~= args[1] then return nil end
  local p = prefixOf(keys)
  local meta = call('HMGET', keys[1], 's', 'h', 'v')
  return { p = p, key = keys[1], epoch = args[1], s = tonumber(meta[1]) or 0, h = meta[2] or '', v = tonumber(meta[3]) or 0 }
end

local overtaken = { 'overtaken' }

-- ARGV: epoch. Closes the partition for a recovery. Refused if it was ever opened in, or is being recovered for, this epoch or a later one.
local function recoveryBegin(keys, args)
  local meta = call('HMGET', keys[1], 'e', 'r')
  local epoch = tonumber(args[1])
  if epoch <= (tonumber(meta[1]) or 0) or epoch <= (tonumber(meta[2]) or 0) then return overtaken end
  gate[prefixOf(keys)] = nil
  -- Versions of seats begin anew above those of all epochs before, and go on from what the recovery itself writes.
  call('HSET', keys[1], 'r', args[1], 'v', 0)
  return { 'ok' }
end

-- ARGV: epoch, sequence, hash. Forgets the partition and lets its log go on after that entry.
local function recoveryWipe(keys, args)
  local partition = recovering(keys, args)
  if not partition then return overtaken end
  local p = partition.p
  for _, id in ipairs(call('ZRANGE', p .. 't', 0, -1)) do forgetShowing(p, id) end
  local orders = call('ZRANGE', p .. 'k', 0, -1)
  for _, id in ipairs(call('SMEMBERS', p .. 'u')) do orders[#orders + 1] = id end
  for _, id in ipairs(orders) do
    local holdId = call('HGET', p .. 'o:' .. id, 'd')
    if holdId then call('DEL', p .. 'h:' .. holdId) end
    call('DEL', p .. 'o:' .. id)
  end
  for _, id in ipairs(call('ZRANGE', p .. 'e', 0, -1)) do call('DEL', p .. 'h:' .. id) end
  call('DEL', p .. 'log', p .. 't', p .. 'k', p .. 'u', p .. 'e', p .. 'x', p .. 'by', p .. 'ab')
  call('HSET', keys[1], 's', args[2], 'h', args[3], 'a', args[2])
  return { 'ok' }
end

-- ARGV: epoch, showing, starts, sections, closed, bytes of its places; "place:generation,…"; orders whose ids are used up; then
-- place and text of each admission.
local function recoveryShowing(keys, args)
  local partition = recovering(keys, args)
  if not partition then return overtaken end
  local bytes = args[6]
  forgetShowing(partition.p, args[2])
  local showing, wrong = touchShowing(partition, args[2], #bytes, args[3], args[4])
  if not showing then return redis.error_reply('INVARIANT ' .. wrong) end
  local section = 1
  for place = 0, #bytes - 1 do
    local byte = string.sub(bytes, place + 1, place + 1)
    while place >= showing.first[section] + showing.places[section] do section = section + 1 end
    if byte ~= 'f' then
      local list = listOf[byte]
      if not list then return redis.error_reply('INVARIANT no state "' .. byte .. '"') end
      showing[list][section] = showing[list][section] + 1
      showing.free = showing.free - 1
      if isAdmitted[byte] then showing.admitted[section] = showing.admitted[section] + 1 end
    end
  end
  showing.closed = args[5] == '1'
  showing.resold = args[7] ~= ''
  showing.seats = bytes
  save(partition, showing)
  local generations, admissions = {}, {}
  for place, generation in string.gmatch(args[7], '(%d+):(%d+)') do
    generations[#generations + 1] = place
    generations[#generations + 1] = generation
  end
  for index = 9, #args do admissions[index - 8] = args[index] end
  inSlices('HSET', partition.p .. 'g:' .. args[2], generations)
  local used = split(args[8], ',')
  for index, id in ipairs(used) do used[index] = digestOf(id) end
  if #used > 0 then call('SET', partition.p .. 'd:' .. args[2], table.concat(used)) end
  inSlices('HSET', partition.p .. 'a:' .. args[2], admissions)
  leave(partition)
  return { 'ok' }
end

-- The hold of an order in payment is in the books again.
local function keepHoldOf(partition, order, now)
  keepHold(partition, { id = order.d, y = order.y, w = order.w, n = order.n, p = order.p, t = order.t, f = now, u = tonumber(now), o = order.id })
end

-- ARGV: epoch, now, order, then fields and values of its record. An unfinished order; its places have their state already. One in
-- payment gets its hold back, so that its places count for its holder.
local function recoveryOrder(keys, args)
  local partition = recovering(keys, args)
  if not partition then return overtaken end
  putOrder(partition, args[3], args, 4)
  call('SADD', partition.p .. 'u', args[3])
  local order = readOrder(partition, args[3])
  if order.st == 'paying' and not readHold(partition, order.d) then
    keepHoldOf(partition, order, args[2])
  end
  return { 'ok' }
end

-- ARGV: epoch, now, order, what became of it, reason, body. An order in payment that the provider says came to nothing: the log lost its
-- end, and its places may be another's since.
local function recoveryEnd(keys, args)
  local partition = recovering(keys, args)
  if not partition then return overtaken end
  local order = readOrder(partition, args[3])
  if not order or order.st ~= 'paying' then return { 'known' } end
  local wrong = comeToNothing(partition, order, knownShowing(partition, order.y), args[4], args[5], args[6], args[2])
  if wrong then return redis.error_reply('INVARIANT ' .. wrong) end
  leave(partition)
  return { 'ok' }
end

-- ARGV: epoch, now, order, showing, places, starts, sections, wanted places, body of its intent; its payment and the body of its sale,
-- '' if nobody knows whether it was sold; body of an unblocking before and after its places; then fields and values of its record, as paying.
-- An order whose intent was lost with the log, told again by the provider: if its places are free or held, it has them again.
local function recoveryLost(keys, args)
  local partition = recovering(keys, args)
  if not partition then return overtaken end
  if readOrder(partition, args[3]) then return { 'known' } end
  local showing, changed = touchShowing(partition, args[4], args[5], args[6], args[7], args[2])
  if changed then return redis.error_reply('INVARIANT ' .. changed) end
  if not showing then return { 'taken' } end
  local places = numbers(args[8])
  -- Whoever only held them was promised nothing.
  for _, id in ipairs(call('ZRANGE', partition.p .. 'e', 0, -1)) do
    local found = string.sub(id, 1, #args[4] + 1) == args[4] .. '-' and readHold(partition, id)
    local meets = false
    for _, held in ipairs(found and numbers(found.p) or {}) do
      for _, place in ipairs(places) do meets = meets or place == held end
    end
    if meets then
      local wrong = endHold(partition, found)
      if wrong then return redis.error_reply('INVARIANT ' .. wrong) end
      showing = knownShowing(partition, args[4])
    end
  end
  local blocked = {}
  for _, place in ipairs(places) do
    local byte = byteAt(showing, place)
    -- What was sold was on sale: that it was put there again was lost as well.
    if byte == 'b' and args[10] ~= '' then blocked[#blocked + 1] = place
    elseif byte ~= 'f' then leave(partition) return { 'taken' } end
  end
  local wrong = move(showing, blocked, 'b', 'f') or move(showing, places, 'f', 'p')
  if wrong then return redis.error_reply('INVARIANT ' .. wrong) end
  if #blocked > 0 then append(partition, args[12] .. table.concat(blocked, ',') .. args[13]) end
  local sequence = append(partition, args[9])
  save(partition, showing)
  putOrder(partition, args[3], args, 14)
  call('HSET', partition.p .. 'o:' .. args[3], 'l', string.format('%.0f', sequence))
  call('SADD', partition.p .. 'u', args[3])
  local order = readOrder(partition, args[3])
  keepHoldOf(partition, order, args[2])
  if args[10] ~= '' then
    wrong = sell(partition, order, knownShowing(partition, args[4]), args[10], args[11], args[2])
    if wrong then return redis.error_reply('INVARIANT ' .. wrong) end
  end
  leave(partition)
  return { 'ok' }
end

-- ARGV: epoch, now, order, refund, places, amount, text of the refund; the order's payment; bodies of the order's sale, of the refund's
-- begin and of its end; then fields and values of the order's record, for one that is not here.
-- A refund that was lost with the log, told again by the provider: the money is back, so its tickets are void and its places free.
local function recoveryRefund(keys, args)
  local partition = recovering(keys, args)
  if not partition then return overtaken end
  local order = readOrder(partition, args[3])
  if not order then
    if not args[12] then return { 'unknown' } end
    putOrder(partition, args[3], args, 12)
    order = readOrder(partition, args[3])
    finished(partition, order, args[2])
  end
  local showing = knownShowing(partition, order.y)
  local refund = { id = args[4], places = numbers(args[5]), amount = tonumber(args[6]), text = args[7], begun = args[10], done = args[11] }
  local known = call('HGET', order.key, 'rf:' .. refund.id)
  if known and string.sub(known, 1, 1) == 'd' then return { 'known' } end
  local wrong
  if not known then
    -- Only what was sold was given back: a sale that is missing was lost as well.
    local paying = order.st == 'paying' and showing
    if paying then order.av = order.p end
    local left = (paying or order.st == 'confirmed') and leftAfter(order, refund)
    if left and showing and not paying and not areStillSold(partition, order, showing, refund.places) then left = nil end
    if not left then return { 'impossible' } end
    if paying then wrong = sell(partition, order, showing, args[8], args[9], args[2]) end
    wrong = wrong or void(partition, order, showing, refund, left)
  end
  wrong = wrong or free(partition, order, showing, refund, args[2])
  if wrong then return redis.error_reply('INVARIANT ' .. wrong) end
  leave(partition)
  return { 'ok' }
end

-- ARGV: epoch. Checks that counts and places of every showing agree; answers what is wrong.
local function recoveryCheck(keys, args)
  local partition = recovering(keys, args)
  if not partition then return overtaken end
  for _, id in ipairs(call('ZRANGE', partition.p .. 't', 0, -1)) do
    local showing = knownShowing(partition, id)
    if not showing then return { 'wrong', id .. ' is gone' } end
    for index = 1, showing.n do
      local bytes = span(showing, showing.first[index], showing.places[index])
      local count = function(set) local _, many = string.gsub(bytes, '[' .. set .. ']', '') return many end
      local same = count('h') == showing.held[index] and count('p') == showing.paying[index]
        and count('savw') == showing.sold[index] and count('b') == showing.blocked[index] and count('aw') == showing.admitted[index]
      if not same then return { 'wrong', 'section ' .. (index - 1) .. ' of ' .. id .. ' does not add up' } end
    end
  end
  return { 'ok' }
end

-- ARGV: epoch. The recovery is done: the partition sells.
local function recoveryOpen(keys, args)
  local partition = recovering(keys, args)
  if not partition then return overtaken end
  call('HSET', keys[1], 'e', args[1])
  call('HDEL', keys[1], 'z')
  gate[partition.p] = args[1]
  return { 'ok' }
end

