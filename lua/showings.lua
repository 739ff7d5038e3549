-- ---------------------------------------------------------------- showings

-- Header: version (6 bytes), free places (4), flags (1: closed, 2: some place was sold before), start in ms (6), places (4), sections (2); then per section its
-- places, held, paying, sold, blocked and admitted ones (3 each). Free ones are the rest.
local function readHeader(key, raw)
  local version, free, flags, starts, count, n = struct.unpack('>I6I4BI6I4I2', raw)
  local showing = {
    key = key, version = version, free = free, closed = flags % 2 == 1, resold = flags >= 2, starts = starts, count = count, n = n,
    places = {}, held = {}, paying = {}, sold = {}, blocked = {}, admitted = {}, first = {},
    base = headSize + sectionSize * n, changes = {}, seen = {},
  }
  if #raw < showing.base then raw = call('GETRANGE', key, 0, showing.base - 1) end
  local at, first = headSize + 1, 0
  for index = 1, n do
    showing.places[index], showing.held[index], showing.paying[index], showing.sold[index], showing.blocked[index],
      showing.admitted[index], at = struct.unpack('>I3I3I3I3I3I3', raw, at)
    showing.first[index] = first
    first = first + showing.places[index]
  end
  return showing
end

-- The showing if anybody ever touched it.
local function knownShowing(partition, id)
  local key = partition.p .. 's:' .. id
  local raw = call('GETRANGE', key, 0, wholeRoom + 1023)
  if raw == '' then return nil end
  local showing = readHeader(key, raw)
  showing.id = id
  if #raw >= showing.base + showing.count then showing.seats = string.sub(raw, showing.base + 1) end
  return showing
end

-- sweep() forgets showings three days after their start; what is unknown later than this is over, not new.
local overAfter = 216000000

-- The showing, as the caller describes it if nobody touched it yet: nothing is stored of it before something changes.
-- A second answer says what is wrong; none if it is over and forgotten.
local function touchShowing(partition, id, count, starts, sections, now)
  local known = knownShowing(partition, id)
  local counts = numbers(sections)
  if known then
    local same = known.count == tonumber(count) and known.n == #counts
    for index = 1, known.n do same = same and known.places[index] == counts[index] end
    if not same then return nil, 'the seat map of ' .. id .. ' changed under it' end
    return known
  end
  if now and tonumber(starts) + overAfter < tonumber(now) then return nil end
  local showing = {
    id = id, key = partition.p .. 's:' .. id, version = 0, free = tonumber(count), closed = false, starts = tonumber(starts),
    count = tonumber(count), n = #counts, places = counts, held = {}, paying = {}, sold = {}, blocked = {}, admitted = {},
    first = {}, base = headSize + sectionSize * #counts, changes = {}, seen = {}, fresh = true, seats = string.rep('f', tonumber(count)),
  }
  local first = 0
  for index = 1, showing.n do
    showing.held[index], showing.paying[index], showing.sold[index] = 0, 0, 0
    showing.blocked[index], showing.admitted[index], showing.first[index] = 0, 0, first
    first = first + counts[index]
  end
  return showing
end

-- The bytes of `length` places from `from` on, as they are stored.
local function span(showing, from, length)
  if showing.seats then return string.sub(showing.seats, from + 1, from + length) end
  return call('GETRANGE', showing.key, showing.base + from, showing.base + from + length - 1)
end

local function byteAt(showing, place)
  if place < 0 or place >= showing.count or math.floor(place) ~= place then return '' end
  return showing.changes[place] or span(showing, place, 1)
end

local function sectionOf(showing, place)
  local low, high = 1, showing.n
  while low < high do
    local middle = math.floor((low + high + 1) / 2)
    if showing.first[middle] <= place then low = middle else high = middle - 1 end
  end
  return low
end

local listOf = { h = 'held', p = 'paying', b = 'blocked', s = 'sold', a = 'sold', v = 'sold', w = 'sold' }
local isAdmitted = { a = true, w = true }

-- Puts places into another state, in this call's memory only: save() writes. Answers what is wrong, nil if nothing:
-- `from` are the bytes a place may have, `to` the byte it gets (a table: by the byte it has).
local function move(showing, places, from, to)
  for _, place in ipairs(places) do
    local byte = byteAt(showing, place)
    if byte == '' or not string.find(from, byte, 1, true) then
      return string.format('place %d of %s is "%s", not one of "%s"', place, showing.id, byte, from)
    end
    local target = type(to) == 'table' and to[byte] or to
    if listOf[byte] ~= listOf[target] then showing.seen[place] = true end
    local section = sectionOf(showing, place)
    local before, after = listOf[byte], listOf[target]
    if before then showing[before][section] = showing[before][section] - 1 else showing.free = showing.free - 1 end
    if after then showing[after][section] = showing[after][section] + 1 else showing.free = showing.free + 1 end
    if isAdmitted[byte] then showing.admitted[section] = showing.admitted[section] - 1 end
    if isAdmitted[target] then showing.admitted[section] = showing.admitted[section] + 1 end
    showing.changes[place] = target
  end
  local used = 0
  for index = 1, showing.n do
    local held, paying, sold, blocked = showing.held[index], showing.paying[index], showing.sold[index], showing.blocked[index]
    local sum = held + paying + sold + blocked
    if held < 0 or paying < 0 or sold < 0 or blocked < 0 or sum > showing.places[index] then
      return 'section ' .. (index - 1) .. ' of ' .. showing.id .. ' does not add up'
    end
    used = used + sum
  end
  if showing.free ~= showing.count - used then return showing.id .. ' does not add up' end
  return nil
end

local function header(showing)
  local parts = { struct.pack('>I6I4BI6I4I2', showing.version, showing.free, (showing.closed and 1 or 0) + (showing.resold and 2 or 0), showing.starts, showing.count, showing.n) }
  for index = 1, showing.n do
    parts[index + 1] = struct.pack('>I3I3I3I3I3I3', showing.places[index], showing.held[index], showing.paying[index],
      showing.sold[index], showing.blocked[index], showing.admitted[index])
  end
  return table.concat(parts)
end

-- Writes what move() changed and tells who watches.
local function save(partition, showing)
  local places = {}
  for place in pairs(showing.changes) do places[#places + 1] = place end
  table.sort(places)
  -- Admissions and voided tickets are nothing that a drawing shows.
  if showing.fresh or next(showing.seen) then showing.version = nextVersion(partition) end
  local fresh = showing.fresh
  if fresh then
    call('ZADD', partition.p .. 't', string.format('%.0f', showing.starts), showing.id)
    showing.fresh = nil
  end
  if showing.seats and showing.count <= smallRoom then
    -- One short write costs less than two.
    local bytes, from = { header(showing) }, 1
    for _, place in ipairs(places) do
      bytes[#bytes + 1] = string.sub(showing.seats, from, place)
      bytes[#bytes + 1] = showing.changes[place]
      from = place + 2
    end
    bytes[#bytes + 1] = string.sub(showing.seats, from)
    call('SET', showing.key, table.concat(bytes))
  else
    if fresh then call('SET', showing.key, header(showing) .. showing.seats)
    else call('SETRANGE', showing.key, 0, header(showing)) end
    -- Neighbours are written together.
    local index = 1
    while index <= #places do
      local from, bytes = places[index], {}
      while places[index] == from + #bytes do
        bytes[#bytes + 1] = showing.changes[places[index]]
        index = index + 1
      end
      call('SETRANGE', showing.key, showing.base + from, table.concat(bytes))
    end
  end
  local news = {}
  for _, place in ipairs(places) do
    local byte = showing.changes[place]
    local state = listOf[byte] == 'sold' and 's' or byte
    if showing.seen[place] then
      local list = news[state] or {}
      news[state] = list
      list[#list + 1] = place
    end
  end
  for state, list in pairs(news) do
    call('PUBLISH', 'c:' .. showing.id, string.format('%.0f %s %s', showing.version, state, table.concat(list, ',')))
  end
  showing.seats, showing.changes, showing.seen = nil, {}, {}
end

