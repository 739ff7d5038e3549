-- ---------------------------------------------------------------- moves

-- What keeps a move's tickets from leaving: a reply; nil if nothing does.
local function whyNotFrom(partition, order, showing, from)
  local active, gone, used = {}, {}, {}
  for _, place in ipairs(numbers(order.av)) do active[place] = true end
  for _, place in ipairs(from) do
    local byte = showing and byteAt(showing, place)
    if not active[place] or (byte ~= 's' and byte ~= 'a') then gone[#gone + 1] = place
    elseif byte == 'a' then used[#used + 1] = place end
    active[place] = nil
  end
  if #gone > 0 or #from == 0 then return { 'ticket_void', table.concat(gone, ',') } end
  -- An order that was brought back is as the store had it when somebody looked.
  if order.l == '0' and not areStillSold(partition, order, showing, from) then return { 'ticket_void', table.concat(from, ',') } end
  if #used > 0 then return { 'ticket_used', table.concat(used, ',') } end
  if showing.closed then return { 'showing_cancelled' } end
  return nil
end

-- Those of the wanted places that are not free, not left by this move, named twice, or the order's own.
local function takenOf(order, showing, from, to)
  local leaves, own, wanted, told, taken = {}, {}, {}, {}, {}
  for _, place in ipairs(from) do leaves[place] = true end
  for _, place in ipairs(numbers(order.p)) do own[place] = not leaves[place] end
  for index, place in ipairs(to) do
    local isOpen = byteAt(showing, place) == 'f' or leaves[place]
    local isTaken = not isOpen or own[place] or wanted[place] or place == from[index]
    if isTaken and not told[place] then
      taken[#taken + 1] = place
      told[place] = true
    end
    wanted[place] = true
  end
  return taken
end

-- The generations of the tickets that are left behind, and of those in their stead.
local function generationsOfMove(partition, order, showing, from, to)
  local generationOf, left, new = generationsOf(order), {}, {}
  for index, place in ipairs(from) do left[index] = generationOf[place] or 1 end
  for index, place in ipairs(to) do
    local last = tonumber(call('HGET', partition.p .. 'g:' .. showing.id, place))
    new[index] = (last or (byteAt(showing, place) == 'f' and 0 or 1)) + 1
  end
  return left, new
end

-- A list of the order's, with what the move puts in the stead of its places.
local function replaced(places, list, from, by)
  local indexOf, result = {}, {}
  for index, place in ipairs(from) do indexOf[place] = index end
  for index, value in ipairs(list) do result[index] = by[indexOf[places[index]]] or value end
  return table.concat(result, ',')
end

-- ARGV: epoch, now, order, move, places that are left, places in their stead, the order's places as the caller knows them; the text of the
-- move before, between and after the two lists of generations; the text of the moved intent before and after its generations;
-- the text of the log's entry before the move.
-- Moves tickets of a sold order, all or none. `changed`: the order is no longer as the caller knows it.
local function moveTickets(keys, args)
  local partition, order, showing, refusal = enterForOrder(keys, args)
  if refusal then return refusal end
  if call('HEXISTS', order.key, 'mv:' .. args[4]) == 1 then return again(partition, 'order', order, args[2]) end
  if order.p ~= args[7] then return { 'changed' } end
  local from, to = numbers(args[5]), numbers(args[6])
  local why = whyNotFrom(partition, order, showing, from)
  if why then return why end
  local taken = takenOf(order, showing, from, to)
  if #taken > 0 then return { 'seats_taken', table.concat(taken, ',') } end
  local left, new = generationsOfMove(partition, order, showing, from, to)
  local wrong = move(showing, from, 's', 'f') or move(showing, to, 'f', 's')
  if wrong then return broken(partition, wrong) end
  local text = args[8] .. table.concat(left, ',') .. args[9] .. table.concat(new, ',') .. args[10]
  local sequence = append(partition, args[13] .. text .. '}')
  showing.resold = true
  save(partition, showing)
  local key, places = partition.p .. 'g:' .. showing.id, numbers(order.p)
  for index, place in ipairs(from) do call('HSET', key, place, left[index]) end
  for index, place in ipairs(to) do call('HSET', key, place, new[index]) end
  order.av = replaced(numbers(order.av), numbers(order.av), from, to)
  order.g = replaced(places, numbers(order.g), from, new)
  order.p = replaced(places, places, from, to)
  order.i = args[11] .. order.g .. args[12]
  order.mi = order.mi == '' and args[4] or (order.mi .. ',' .. args[4])
  order.l = string.format('%.0f', sequence)
  call('HSET', order.key, 'i', order.i, 'p', order.p, 'g', order.g, 'av', order.av, 'mi', order.mi, 'mv:' .. args[4], 'm' .. text, 'l', order.l)
  -- It is kept as long as one that was finished just now: whoever reads it from the store after that reads the last word.
  if not isRefundPending(order) then finished(partition, order, args[2]) end
  leave(partition)
  return replyOrder('order', order)
end

