-- ---------------------------------------------------------------- used ids

local digestSize = 6

local function digestOf(id)
  return struct.pack('>I6', tonumber(string.sub(redis.sha1hex(id), 1, 2 * digestSize), 16))
end

-- Whether an order's id was used in a showing, by an order that is forgotten.
local function isUsed(partition, showing, id)
  local used, digest, at = call('GET', partition.p .. 'd:' .. showing), digestOf(id), 1
  while used do
    local found = string.find(used, digest, at, true)
    if not found then return false end
    if (found - 1) % digestSize == 0 then return true end
    at = found + 1
  end
  return false
end

-- ---------------------------------------------------------------- orders

local orderFields = { 'i', 'st', 'q', 'pay', 'why', 'ri', 'mi', 'l', 'c', 'f', 'y', 'd', 'w', 'n', 'p', 'g', 't', 'av', 'ra', 'tot' }

local function readOrder(partition, id)
  local key = partition.p .. 'o:' .. id
  local values = call('HMGET', key, unpack(orderFields))
  if not values[1] then return nil end
  local order = { id = id, key = key }
  for index, field in ipairs(orderFields) do order[field] = values[index] or '' end
  return order
end

-- What orders.ts reads: intent, status, sequence, payment, reason, cancelling, last sequence, then id and text of each refund and of each move.
-- A caller that has the intent does not need it again.
local function replyOrder(word, order, brief)
  local reply = { word, brief and '' or order.i, order.st, order.q, order.pay, order.why, order.c, order.l }
  for _, id in ipairs(split(order.ri, ',')) do
    reply[#reply + 1] = id
    reply[#reply + 1] = call('HGET', order.key, 'rf:' .. id)
  end
  for _, id in ipairs(split(order.mi, ',')) do
    reply[#reply + 1] = id
    reply[#reply + 1] = call('HGET', order.key, 'mv:' .. id)
  end
  return reply
end


-- An answer given again must be as safe as when it was given first: WAIT counts only what its own connection wrote.
local function again(partition, word, order, now)
  call('HSET', partition.key, 'w', now)
  return replyOrder(word, order)
end

-- ARGV: epoch, now, hold, order, fingerprint, showing, total, terms; the intent's text before and after the generations; the
-- text of the log's entry before and after the intent; the places that the intent
-- speaks of; with KEYS[2] what binds the order's id (see readBinding).
-- KEYS[2], where it lies on this server: the bucket of what the order's id is bound to.
local function begin(keys, args)
  local partition = enter(keys, args)
  if not partition then return closed end
  local now = tonumber(args[2])
  local binding, isNew
  if keys[2] then
    local bound
    binding = readBinding(args, 14)
    bound, isNew = bindId(keys[2], binding, now)
    if not bound then return { 'order_id_reused' } end
  end
  -- An order that does not begin leaves its id as it was.
  local function refused(word)
    if isNew then call('HDEL', keys[2], binding.id) end
    return { word }
  end
  local known = call('EXISTS', partition.p .. 'o:' .. args[4]) == 1 and readOrder(partition, args[4])
  if known then
    if known.f ~= args[5] then return { 'order_id_reused' } end
    return again(partition, 'known', known, args[2])
  end
  if isUsed(partition, args[6], args[4]) then return { 'order_id_reused' } end
  local showing = knownShowing(partition, args[6])
  if showing and showing.closed then return refused('showing_cancelled') end
  local found = readHold(partition, args[3])
  if found and not found.o and found.u <= now then
    local wrong = expire(partition, args[2])
    if wrong then return broken(partition, wrong) end
    found = nil
  end
  if not found or not showing or found.y ~= args[6] or found.p ~= args[13] then
    return refused(call('ZSCORE', partition.p .. 'x', args[3]) and 'hold_expired' or 'hold_unknown')
  end
  if found.o then return refused('hold_in_payment') end
  local places = numbers(found.p)
  local wrong = move(showing, places, 'h', 'p')
  if wrong then return broken(partition, wrong) end
  local generations = {}
  if showing.resold then generations = call('HMGET', partition.p .. 'g:' .. showing.id, unpack(split(found.p, ','))) end
  for index = 1, #places do generations[index] = (tonumber(generations[index]) or 0) + 1 end
  local gens = table.concat(generations, ',')
  local intent = args[9] .. gens .. args[10]
  local sequence = append(partition, args[11] .. intent .. args[12])
  save(partition, showing)
  call('ZREM', partition.p .. 'e', found.id)
  call('HSET', partition.p .. 'h:' .. found.id, 'o', args[4])
  local order = {
    id = args[4], key = partition.p .. 'o:' .. args[4], i = intent, st = 'paying', q = '', pay = '', why = '', ri = '', mi = '', c = '',
    l = string.format('%.0f', sequence),
  }
  call('HSET', order.key, 'i', intent, 'f', args[5], 'y', showing.id, 'd', found.id, 'w', found.w, 'n', found.n, 'p', found.p,
    'g', gens, 't', args[8], 'st', 'paying', 'tot', args[7], 'av', '', 'ra', '0', 'ri', '', 'l', order.l)
  call('SADD', partition.p .. 'u', order.id)
  leave(partition)
  return { 'begun', gens }
end

-- The partition, the order that ARGV[3] names and its showing's state; or a reply that ends the function.
local function enterForOrder(keys, args)
  local partition = enter(keys, args)
  if not partition then return nil, nil, nil, closed end
  local order = readOrder(partition, args[3])
  if not order then return nil, nil, nil, { 'not_found' } end
  return partition, order, knownShowing(partition, order.y), nil
end

-- The order's hold leaves the books: it was in payment until now.
local function dropHoldOf(partition, order, places)
  call('DEL', partition.p .. 'h:' .. order.d)
  uncount(partition, order.d, order.y, order.w, order.n, places)
end

local function finished(partition, order, now)
  call('SREM', partition.p .. 'u', order.id)
  call('ZADD', partition.p .. 'k', now, order.id)
end

-- Paying → sold. Answers what is wrong; then nothing was written.
local function sell(partition, order, showing, payment, body, now)
  if not showing then return 'order ' .. order.id .. ' is paying in a showing that nobody touched' end
  local places, generations = numbers(order.p), numbers(order.g)
  local wrong = move(showing, places, 'p', 's')
  if wrong then return wrong end
  local sequence = append(partition, body)
  save(partition, showing)
  for index, place in ipairs(places) do
    if generations[index] ~= 1 then call('HSET', partition.p .. 'g:' .. showing.id, place, generations[index]) end
  end
  dropHoldOf(partition, order, #places)
  order.st, order.pay, order.av = 'confirmed', payment, order.p
  order.q = string.format('%.0f', sequence)
  order.l = order.q
  call('HSET', order.key, 'st', 'confirmed', 'q', order.q, 'l', order.l, 'pay', payment, 'av', order.p)
  finished(partition, order, now)
  return nil
end

-- ARGV: epoch, now, order, payment, body, whether the caller has the intent.
local function confirm(keys, args)
  local partition, order, showing, refusal = enterForOrder(keys, args)
  if refusal then return refusal end
  if order.st == 'confirmed' then return again(partition, 'order', order, args[2]) end
  if order.st ~= 'paying' or order.c ~= '' then return { 'seats_lost' } end
  local wrong = sell(partition, order, showing, args[4], args[5], args[2])
  if wrong then return broken(partition, wrong) end
  leave(partition)
  return replyOrder('order', order, args[6] == '1')
end

-- Paying → held until `ends`, or free. Answers what is wrong; then nothing was written.
local function comeToNothing(partition, order, showing, status, why, body, now, ends)
  if not showing then return 'order ' .. order.id .. ' is paying in a showing that nobody touched' end
  local before = readHold(partition, order.d)
  local holds = ends and not showing.closed and ends > tonumber(now)
  local wrong = move(showing, numbers(order.p), 'p', holds and 'h' or 'f')
  if wrong then return wrong end
  local sequence = append(partition, body)
  save(partition, showing)
  dropHoldOf(partition, order, #numbers(order.p))
  if holds then
    keepHold(partition, {
      id = order.d, y = order.y, w = order.w, n = order.n, p = order.p, t = order.t, f = before and before.f or now, u = ends,
    })
  else
    noteExpired(partition, order.d, now)
  end
  order.st, order.why, order.c = status, why, ''
  order.l = string.format('%.0f', sequence)
  call('HSET', order.key, 'st', status, 'why', why, 'c', '', 'l', order.l)
  finished(partition, order, now)
  return nil
end

-- ARGV: epoch, now, order, reason, body, until ('' for a cancellation).
local function giveUp(keys, args, status)
  local partition, order, showing, refusal = enterForOrder(keys, args)
  if refusal then return refusal end
  if order.st ~= 'paying' then return again(partition, 'order', order, args[2]) end
  local wrong = comeToNothing(partition, order, showing, status, args[4], args[5], args[2], tonumber(args[6]))
  if wrong then return broken(partition, wrong) end
  leave(partition)
  return replyOrder('order', order)
end

local function decline(keys, args) return giveUp(keys, args, 'declined') end
local function cancel(keys, args) return giveUp(keys, args, 'cancelled') end

-- ARGV: epoch, now, order. From now on the order can only be cancelled.
local function beginCancel(keys, args)
  local partition = enter(keys, args)
  if not partition then return closed end
  local order = readOrder(partition, args[3])
  if not order then return { 'not_found' } end
  if order.st == 'paying' then
    order.c = '1'
    call('HSET', order.key, 'c', '1')
  end
  return again(partition, 'order', order, args[2])
end

