-- ---------------------------------------------------------------- registration

local function ready(callback)
  return function(keys, args)
    call = redis.call
    return callback(keys, args)
  end
end

local function register(name, callback, flags)
  redis.register_function({ function_name = 'marquee' .. interface .. '_' .. name, callback = ready(callback), flags = flags or {} })
end

-- Written out one by one: a library that loads may not even use pairs().
register('hold', hold)
register('release', release)
register('begin', begin)
register('bind', bind)
register('prune', prune)
register('confirm', confirm)
register('decline', decline)
register('cancel', cancel)
register('begin_cancel', beginCancel)
register('begin_refund', beginRefund)
register('finish_refund', finishRefund)
register('move_tickets', moveTickets)
register('scan', scan)
register('block', block)
register('unblock', unblock)
register('close_showing', closeShowing)
register('sweep', sweep)
register('acknowledge', acknowledge)
register('close', close)
register('adopt', adopt)
register('recovery_begin', recoveryBegin)
register('recovery_wipe', recoveryWipe)
register('recovery_showing', recoveryShowing)
register('recovery_order', recoveryOrder)
register('recovery_end', recoveryEnd)
register('recovery_lost', recoveryLost)
register('recovery_refund', recoveryRefund)
register('recovery_open', recoveryOpen)
register('state', state, { 'no-writes' })
register('recovery_check', recoveryCheck, { 'no-writes' })
