-- ---------------------------------------------------------------- refunds, scans, stock

local function isRefundPending(order)
  for _, id in ipairs(split(order.ri, ',')) do
    if string.sub(call('HGET', order.key, 'rf:' .. id), 1, 1) == 'b' then return true end
  end
  return false
end

-- A refund as the calls below have it: id, places, amount, its text, the bodies of its entries.

-- The places of an order that would be left with tickets; nil if the refund's places or amount cannot be given back.
local function leftAfter(order, refund)
  local active, left = {}, {}
  for _, place in ipairs(numbers(order.av)) do active[place] = true end
  local possible = #refund.places > 0 and refund.amount >= 0 and tonumber(order.ra) + refund.amount <= tonumber(order.tot)
  for _, place in ipairs(refund.places) do
    possible = possible and active[place]
    active[place] = nil
  end
  if not possible then return nil end
  for _, place in ipairs(numbers(order.av)) do if active[place] then left[#left + 1] = place end end
  return left
end

-- Place → generation of the order's ticket for it.
local function generationsOf(order)
  local generationOf, sold = {}, numbers(order.g)
  for index, place in ipairs(numbers(order.p)) do generationOf[place] = sold[index] end
  return generationOf
end

-- Whether the places of a sold order's refund still have its tickets.
local function areStillSold(partition, order, showing, places)
  local generationOf = generationsOf(order)
  for _, place in ipairs(places) do
    local last = tonumber(call('HGET', partition.p .. 'g:' .. showing.id, place)) or 1
    if last ~= generationOf[place] or listOf[byteAt(showing, place)] ~= 'sold' then return false end
  end
  return true
end

-- The tickets of a refund's places are void; `left` is of leftAfter(). Answers what is wrong; then nothing was written.
local function void(partition, order, showing, refund, left)
  -- A showing long over is no longer kept: its places need no freeing.
  if showing then
    local wrong = move(showing, refund.places, 'sa', { s = 'v', a = 'w' })
    if wrong then return wrong end
  end
  local sequence = append(partition, refund.begun)
  if showing then save(partition, showing) end
  order.ri = order.ri == '' and refund.id or (order.ri .. ',' .. refund.id)
  call('HSET', order.key, 'ri', order.ri, 'rf:' .. refund.id, 'b' .. refund.text, 'av', table.concat(left, ','),
    'ra', string.format('%.0f', tonumber(order.ra) + refund.amount), 'l', string.format('%.0f', sequence))
  call('SADD', partition.p .. 'u', order.id)
  call('ZREM', partition.p .. 'k', order.id)
  return nil
end

-- The void places of a refund are free, once. Answers what is wrong; then nothing was written.
local function free(partition, order, showing, refund, now)
  if showing then
    local wrong = move(showing, refund.places, 'vw', 'f')
    if wrong then return wrong end
  end
  local sequence = append(partition, refund.done)
  if showing then
    showing.resold = true
    save(partition, showing)
    local generationOf = generationsOf(order)
    for _, place in ipairs(refund.places) do
      call('HSET', partition.p .. 'g:' .. showing.id, place, generationOf[place] or 1)
      call('HDEL', partition.p .. 'a:' .. showing.id, place)
    end
  end
  call('HSET', order.key, 'rf:' .. refund.id, 'd' .. refund.text, 'l', string.format('%.0f', sequence))
  if not isRefundPending(order) then finished(partition, order, now) end
  return nil
end

-- ARGV: epoch, now, order, refund, places, amount, text of the refund, body.
local function beginRefund(keys, args)
  local partition, order, showing, refusal = enterForOrder(keys, args)
  if refusal then return refusal end
  if call('HEXISTS', order.key, 'rf:' .. args[4]) == 1 then return again(partition, 'order', order, args[2]) end
  if order.st ~= 'confirmed' then return { 'order_not_refundable' } end
  if isRefundPending(order) then return { 'refund_pending' } end
  local refund = { id = args[4], places = numbers(args[5]), amount = tonumber(args[6]), text = args[7], begun = args[8] }
  local left = leftAfter(order, refund)
  -- An order that was brought back is as the store had it when somebody looked: its places may be free again, or another's.
  if left and showing and order.l == '0' and not areStillSold(partition, order, showing, refund.places) then left = nil end
  if not left then return { 'order_not_refundable' } end
  local wrong = void(partition, order, showing, refund, left)
  if wrong then return broken(partition, wrong) end
  leave(partition)
  return replyOrder('order', order)
end

-- ARGV: epoch, now, order, refund, places of the refund, body. The money is back.
local function finishRefund(keys, args)
  local partition, order, showing, refusal = enterForOrder(keys, args)
  if refusal then return refusal end
  local text = call('HGET', order.key, 'rf:' .. args[4])
  if not text then return { 'not_found' } end
  if string.sub(text, 1, 1) == 'd' then return again(partition, 'order', order, args[2]) end
  local refund = { id = args[4], places = numbers(args[5]), text = string.sub(text, 2), done = args[6] }
  local wrong = free(partition, order, showing, refund, args[2])
  if wrong then return broken(partition, wrong) end
  leave(partition)
  return replyOrder('order', order)
end

-- ARGV: epoch, now, showing, place, generation, gate, body. Admits a ticket once.
local function scan(keys, args)
  local partition = enter(keys, args)
  if not partition then return closed end
  local showing = knownShowing(partition, args[3])
  local place = tonumber(args[4])
  local byte = showing and byteAt(showing, place) or ''
  if byte ~= 's' and byte ~= 'a' then return { 'ticket_void' } end
  if (tonumber(call('HGET', partition.p .. 'g:' .. showing.id, args[4])) or 1) ~= tonumber(args[5]) then return { 'ticket_void' } end
  if byte == 'a' then
    call('HSET', partition.key, 'w', args[2])
    return { 'ticket_used', call('HGET', partition.p .. 'a:' .. showing.id, args[4]) }
  end
  local wrong = move(showing, { place }, 's', 'a')
  if wrong then return broken(partition, wrong) end
  append(partition, args[7])
  save(partition, showing)
  call('HSET', partition.p .. 'a:' .. showing.id, args[4], args[2] .. ' ' .. args[6])
  leave(partition)
  return { 'admitted' }
end

-- ARGV: epoch, now, showing, places, starts, sections; places to change, body before and after the list of those that do.
-- Takes places off sale, or puts them back; all or none.
local function changeStock(keys, args, from, to)
  local partition = enter(keys, args)
  if not partition then return closed end
  local wrong = expire(partition, args[2])
  if wrong then return broken(partition, wrong) end
  local showing, changed = touchShowing(partition, args[3], args[4], args[5], args[6], args[2])
  if changed then return broken(partition, changed) end
  if not showing then return { 'ok', '0' } end
  local open, taken, seen = {}, {}, {}
  for _, place in ipairs(numbers(args[7])) do
    local byte = byteAt(showing, place)
    if byte == from then
      if not seen[place] then open[#open + 1] = place end
      seen[place] = true
    elseif from == 'f' and byte ~= to then taken[#taken + 1] = place end
  end
  if #taken > 0 then return { 'seats_taken', table.concat(taken, ',') } end
  if #open > 0 then
    wrong = move(showing, open, from, to)
    if wrong then return broken(partition, wrong) end
    append(partition, args[8] .. table.concat(open, ',') .. args[9])
    save(partition, showing)
    leave(partition)
  end
  return { 'ok', string.format('%.0f', showing.version) }
end

local function block(keys, args) return changeStock(keys, args, 'f', 'b') end
local function unblock(keys, args) return changeStock(keys, args, 'b', 'f') end

-- ARGV: epoch, now, showing, places, starts, sections; body. Holds end, and none begins from now on.
local function closeShowing(keys, args)
  local partition = enter(keys, args)
  if not partition then return closed end
  for _, id in ipairs(call('ZRANGE', partition.p .. 'e', 0, -1)) do
    if string.sub(id, 1, #args[3] + 1) == args[3] .. '-' then
      local found = readHold(partition, id)
      local wrong = found and endHold(partition, found)
      if wrong then return broken(partition, wrong) end
    end
  end
  local showing, changed = touchShowing(partition, args[3], args[4], args[5], args[6], args[2])
  if changed then return broken(partition, changed) end
  -- That it is cancelled is history all the same: its tickets are given back.
  if not showing then
    append(partition, args[7])
    leave(partition)
    return { 'ok', '0' }
  end
  if not showing.closed then
    append(partition, args[7])
    showing.closed = true
    save(partition, showing)
  end
  leave(partition)
  return { 'ok', string.format('%.0f', showing.version) }
end

