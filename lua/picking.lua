-- ---------------------------------------------------------------- picking

-- Free places of a stretch, as booleans by place; one more than it has is false.
local function freeIn(showing, from, length)
  local text = span(showing, from, length)
  local free = {}
  for index = 1, length do
    local place = from + index - 1
    free[place] = (showing.changes[place] or string.sub(text, index, index)) == 'f'
  end
  return free
end

-- Single free places that taking `chosen` would leave in a stretch; only where it is all that is left is one allowed.
local function strandedBy(free, from, length, chosen)
  local stranded = {}
  local place, stop = from, from + length
  while place < stop do
    if free[place] then
      local left, taken, streak, singles = 0, 0, 0, {}
      while place <= stop do
        local isFree = place < stop and free[place]
        if isFree and not chosen[place] then
          streak = streak + 1
          left = left + 1
        else
          if streak == 1 then singles[#singles + 1] = place - 1 end
          streak = 0
          if not isFree then break end
          taken = taken + 1
        end
        place = place + 1
      end
      if taken > 0 and left > 1 then for _, single in ipairs(singles) do stranded[#stranded + 1] = single end end
    end
    place = place + 1
  end
  return stranded
end

local function pickNamed(showing, args, at)
  local places, runs = numbers(args[at]), split(args[at + 1], ';')
  local taken, chosen = {}, {}
  for _, place in ipairs(places) do
    if byteAt(showing, place) ~= 'f' then taken[#taken + 1] = place end
    chosen[place] = true
  end
  if #taken > 0 then return nil, { 'seats_taken', table.concat(taken, ',') } end
  local stranded = {}
  for _, run in ipairs(runs) do
    local from, length = string.match(run, '^(%d+):(%d+)$')
    from, length = tonumber(from), tonumber(length)
    for _, single in ipairs(strandedBy(freeIn(showing, from, length), from, length, chosen)) do stranded[#stranded + 1] = single end
  end
  if #stranded > 0 then return nil, { 'strands_seat', table.concat(stranded, ',') } end
  return places
end

local function pickStanding(showing, args, at)
  local places = {}
  for _, area in ipairs(split(args[at], ';')) do
    local section, quantity = string.match(area, '^(%d+):(%d+)$')
    section, quantity = tonumber(section) + 1, tonumber(quantity)
    if section > showing.n then return nil, { 'sold_out' } end
    local used = showing.held[section] + showing.paying[section] + showing.sold[section] + showing.blocked[section]
    if showing.places[section] - used < quantity then return nil, { 'sold_out' } end
    local first, last = showing.first[section], showing.first[section] + showing.places[section]
    local from = first
    while quantity > 0 and from < last do
      local text = span(showing, from, math.min(2048, last - from))
      local found = 0
      while quantity > 0 do
        found = string.find(text, 'f', found + 1, true)
        if not found then break end
        places[#places + 1] = from + found - 1
        quantity = quantity - 1
      end
      from = from + #text
    end
  end
  return places
end

-- Best available asks with the ranked runs of the whole room each time; reading them once is enough.
local plans, planCount = {}, 0
local function planOf(text)
  local plan = plans[text]
  if plan then return plan end
  plan = {}
  for _, group in ipairs(split(text, '|')) do
    local section, list = string.match(group, '^(%d+)/(.*)$')
    local runs = {}
    for _, run in ipairs(split(list, ';')) do
      local from, length, centre2, penalty = string.match(run, '^(%d+):(%d+):(-?%d+):(-?%d+)$')
      runs[#runs + 1] = { from = tonumber(from), length = tonumber(length), centre2 = tonumber(centre2), penalty = tonumber(penalty) }
    end
    plan[#plan + 1] = { section = tonumber(section) + 1, runs = runs }
  end
  if planCount >= 512 then plans, planCount = {}, 0 end
  plans[text] = plan
  planCount = planCount + 1
  return plan
end

local function bestWindow(showing, runs, quantity, tidy)
  local best, bestCost
  for _, run in ipairs(runs) do
    if not bestCost or run.penalty < bestCost then
      local text = span(showing, run.from, run.length)
      local streak = 0
      for offset = 0, run.length - 1 do
        local byte = showing.changes[run.from + offset] or string.sub(text, offset + 1, offset + 1)
        streak = byte == 'f' and streak + 1 or 0
        if streak >= quantity then
          local first = offset - quantity + 1
          local cost = run.penalty + math.abs(2 * first + quantity - 1 - run.centre2)
          if not bestCost or cost < bestCost then
            local keeps = true
            if tidy then
              local chosen = {}
              for index = 0, quantity - 1 do chosen[run.from + first + index] = true end
              keeps = #strandedBy(freeIn(showing, run.from, run.length), run.from, run.length, chosen) == 0
            end
            if keeps then best, bestCost = run.from + first, cost end
          end
        end
      end
    end
  end
  return best
end

local function pickBest(showing, args, at)
  local quantity, strandRule = tonumber(args[at]), args[at + 1] == '1'
  for _, group in ipairs(planOf(args[at + 2])) do
    local section = group.section
    local used = showing.held[section] + showing.paying[section] + showing.sold[section] + showing.blocked[section]
    if showing.places[section] - used >= quantity then
      local first = bestWindow(showing, group.runs, quantity, strandRule)
      if not first and strandRule then first = bestWindow(showing, group.runs, quantity, false) end
      if first then
        local places = {}
        for index = 0, quantity - 1 do places[#places + 1] = first + index end
        return places
      end
    end
  end
  return nil, { 'sold_out' }
end

local pickers = { named = pickNamed, standing = pickStanding, best = pickBest }

-- The hold that this holder has of exactly these places: the same request again, its answer lost.
local function sameHold(partition, ids, places)
  local wanted = {}
  for _, place in ipairs(places) do wanted[place] = true end
  for _, id in ipairs(split(ids, ',')) do
    local hold = readHold(partition, id)
    local mine = hold and not hold.o and numbers(hold.p) or {}
    local same = #mine > 0 and #mine == #places
    for _, place in ipairs(mine) do same = same and wanted[place] end
    if same then return hold end
  end
  return nil
end

-- ARGV: epoch, now, showing, places, starts, sections; hold, holder, network, terms, hold ms; limits: per showing, per network,
-- abandoned, window ms, cooldown ms; wanted places, kind of pick, its parameters.
local function hold(keys, args)
  local partition = enter(keys, args)
  if not partition then return closed end
  local now = tonumber(args[2])
  local wrong = expire(partition, args[2])
  if wrong then return broken(partition, wrong) end
  local showing, changed = touchShowing(partition, args[3], args[4], args[5], args[6], args[2])
  if changed then return broken(partition, changed) end
  if not showing then return { 'sold_out' } end
  if showing.closed then return { 'showing_cancelled' } end
  local id, holder, network = args[7], args[8], args[9]
  local again = readHold(partition, id)
  local mine, ids, theirs = heldOf(partition, showing.id, holder, network)
  if not again and ids ~= '' and args[18] == 'named' then again = sameHold(partition, ids, numbers(args[19])) end
  if again then return replyHold(again) end
  local most, windowMs, cooldownMs = tonumber(args[14]), tonumber(args[15]), tonumber(args[16])
  if most > 0 then
    local late, last = 0, 0
    for _, at in ipairs(numbers(call('HGET', partition.p .. 'ab', holder))) do
      if at > now - windowMs then late, last = late + 1, at end
    end
    local waits = last + cooldownMs - now
    if late >= most and waits > 0 then return { 'hold_cooldown', string.format('%.0f', waits) } end
  end
  local wanted = tonumber(args[17])
  local perShowing, perNetwork = tonumber(args[12]), tonumber(args[13])
  if perShowing > 0 and mine + wanted > perShowing then return { 'limit_exceeded', args[12], tostring(mine) } end
  if perNetwork > 0 and theirs + wanted > perNetwork then return { 'limit_exceeded', args[13], tostring(theirs) } end
  local places, refusal = pickers[args[18]](showing, args, 19)
  if not places then return refusal end
  wrong = move(showing, places, 'f', 'h')
  if wrong then return broken(partition, wrong) end
  save(partition, showing)
  local made = {
    id = id, y = showing.id, w = holder, n = network, p = table.concat(places, ','), t = args[10], f = args[2],
    u = now + tonumber(args[11]),
  }
  keepHold(partition, made, mine, ids, theirs)
  leave(partition)
  return replyHold(made)
end

-- ARGV: epoch, now, hold. Gives a hold back.
local function release(keys, args)
  local partition = enter(keys, args)
  if not partition then return closed end
  local wrong = expire(partition, args[2])
  if wrong then return broken(partition, wrong) end
  local found = readHold(partition, args[3])
  if not found or found.o then return { 'no' } end
  wrong = endHold(partition, found)
  if wrong then return broken(partition, wrong) end
  noteAbandoned(partition, found.w, args[2])
  leave(partition)
  return { 'ok' }
end

