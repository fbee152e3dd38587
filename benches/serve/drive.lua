-- Sends the requests of a file in no order, and says as JSON how it went. A line of the file is a
-- method, a path and a body, with tabs between. Arguments after `--`: the file, and `look` where
-- every answer is to be read for errors (answers of many sizes); else their number of bytes tells.

local threads = {}

function setup(thread)
  thread:set("number", #threads + 1)
  table.insert(threads, thread)
end

function init(args)
  math.randomseed(number * 7919)
  bad = 0
  requests = {}
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Accept"] = "application/graphql-response+json"
  if args[2] == "look" then
    wrk.headers["Cache-Control"] = "no-cache"
    response = look
  end
  for line in io.lines(args[1]) do
    local method, path, body = line:match("^([^\t]*)\t([^\t]*)\t(.*)$")
    if body == "" then body = nil end
    table.insert(requests, wrk.format(method, path, nil, body))
  end
end

function request()
  return requests[math.random(#requests)]
end

function look(status, headers, body)
  if status ~= 200 or body:find('"errors":', 1, true) then bad = bad + 1 end
end

function done(summary, latency, _)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.status + summary.errors.timeout
  local found = 0
  for _, thread in ipairs(threads) do found = found + thread:get("bad") end
  io.write(string.format(
    '\nRESULT {"requests":%d,"micros":%d,"bytes":%d,"failed":%d,"bad":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, summary.bytes, failed, found,
    latency:percentile(50), latency:percentile(99)))
end
