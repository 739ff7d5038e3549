// What published-redis.ts has Redis decide. Keys are spread over shards; everything about a key lies in its shard, so one script
// compares, writes the content, and moves the head: nobody ever sees a head without its content.
//
// KEYS[1] is a shard's hash: for each key `<revision> <hash of its content>`, and what begins with a colon is about the shard:
//   :born      when it was made, in µs; another one after Redis lost its data
//   :revision  of its last put; begins with :born, so that none ever comes twice
//   :ended     the revision at which a key ended last: that of all keys without content
//   :whole     there once everything there is was put

const born = `
if redis.call('HEXISTS', KEYS[1], ':born') == 0 then
  local now = redis.call('TIME')
  local micros = string.format('%d%06d', now[1], now[2])
  redis.call('HSET', KEYS[1], ':born', micros, ':revision', micros, ':ended', micros)
end
`;

/**
 * KEYS[2]: where the key's content begins: the hash follows. ARGV: key, revision that is expected ('' for whichever), hash ('' ends
 * the key), bytes, how long superseded content stays in s. Answers 'changed', 'same' or 'overtaken'.
 */
export const putScript = `${born}
local key, since, hash = ARGV[1], ARGV[2], ARGV[3]
local head = redis.call('HGET', KEYS[1], key)
local revision = head and string.match(head, '^%d+') or redis.call('HGET', KEYS[1], ':ended')
local old = head and string.match(head, '%x+$') or ''
if since ~= '' and since ~= revision then return 'overtaken' end
redis.call('HINCRBY', KEYS[1], ':revision', 1)
-- read back: the number that HINCRBY answers would lose digits as text
local new = redis.call('HGET', KEYS[1], ':revision')
if hash == '' then
  redis.call('HSET', KEYS[1], ':ended', new)
  redis.call('HDEL', KEYS[1], key)
else
  if hash ~= old or redis.call('EXISTS', KEYS[2] .. hash) == 0 then
    redis.call('SET', KEYS[2] .. hash, ARGV[4])
  end
  redis.call('HSET', KEYS[1], key, new .. ' ' .. hash)
end
if hash == old then return 'same' end
if old ~= '' then redis.call('EXPIRE', KEYS[2] .. old, ARGV[5]) end
return 'changed'
`;

/** Answers when the shard was made, and makes it if it is not there. */
export const bornScript = `${born} return redis.call('HGET', KEYS[1], ':born')`;

/** ARGV: when the shard was made. Counts it as whole, unless it was lost since; answers 1 or 0. */
export const wholeScript = `
if redis.call('HGET', KEYS[1], ':born') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], ':whole', 1)
redis.call('HINCRBY', KEYS[1], ':revision', 1)
return 1
`;
