-- wrk: each request makes a record under a key of its own, so that none is a repeat.
local prefix = os.getenv("ZS_KEY") or tostring(os.time())
local body = os.getenv("ZS_BODY")
local thread_number = 0
local made = 0
function setup(thread)
  thread:set("number", thread_number)
  thread_number = thread_number + 1
end
function request()
  made = made + 1
  return wrk.format("POST", nil, {
    ["Cookie"] = os.getenv("ZS_COOKIE"),
    ["X-CSRF-Token"] = os.getenv("ZS_CSRF"),
    ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = prefix .. "-" .. number .. "-" .. made,
  }, body)
end
local others = 0
function response(status)
  if status ~= 201 then others = others + 1 end
end
