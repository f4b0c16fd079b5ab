// Result and Error: the world says no (a bad file, a full disk). A refusal by law is no Error, it is a value
// (rules/decision.h).
#pragma once

#include <boost/system/result.hpp>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace zs {

/// A text for people, in both languages of the program.
struct Text {
  std::string zh;
  std::string en;
};

enum class ErrorKind {
  bad_input,   ///< what was given is wrong: the caller can mend it
  not_found,   ///< the thing named does not exist
  conflict,    ///< another change came first, or a key was used for another body
  io,          ///< disk, permissions, a locked or full database
  corrupt,     ///< stored bytes are not what was written
  unsupported  ///< a database or file of another version
};

/// What happened, where, and how to mend it.
struct Error {
  ErrorKind kind = ErrorKind::bad_input;
  Text text;
};

/// Needed by boost::system::result<T>::value(); our own code tests before it reads.
[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw std::runtime_error(error.text.en);
}

template <class T = void>
class [[nodiscard]] Result : public boost::system::result<T, Error> {
 public:
  using boost::system::result<T, Error>::result;
};

inline Error bad_input(std::string zh, std::string en) {
  return {ErrorKind::bad_input, {std::move(zh), std::move(en)}};
}
inline Error not_found(std::string zh, std::string en) {
  return {ErrorKind::not_found, {std::move(zh), std::move(en)}};
}
inline Error conflict(std::string zh, std::string en) {
  return {ErrorKind::conflict, {std::move(zh), std::move(en)}};
}
inline Error io_error(std::string zh, std::string en) {
  return {ErrorKind::io, {std::move(zh), std::move(en)}};
}
inline Error corrupt(std::string zh, std::string en) {
  return {ErrorKind::corrupt, {std::move(zh), std::move(en)}};
}

/// A broken promise of our own code: stops the program, also in release. Never reached by user input.
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);

}  // namespace zs

#define ZS_JOIN_(a, b) a##b
#define ZS_JOIN(a, b) ZS_JOIN_(a, b)
#define ZS_TRY_AS(result, declaration, ...)      \
  auto result = (__VA_ARGS__);                   \
  if (!result) return std::move(result).error(); \
  declaration = *std::move(result)
/// ZS_TRY(const Facts facts, load_facts(…)): the value, or return the error to our caller.
#define ZS_TRY(declaration, ...) ZS_TRY_AS(ZS_JOIN(zs_result_, __LINE__), declaration, __VA_ARGS__)
/// ZS_CHECK: the same for Result<void>.
#define ZS_CHECK(...)                                      \
  do {                                                     \
    auto zs_checked = (__VA_ARGS__);                       \
    if (!zs_checked) return std::move(zs_checked).error(); \
  } while (false)
#define ZS_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::zs::assertion_failed(#condition, __FILE__, __LINE__))
