// Any JSON as a change gives a change or an error.
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "ledger/change_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const zs::ledger::Town town = [] {
    zs::ledger::Town made;
    auto files = zs::rulebook::read_files(std::filesystem::path(ZS_SOURCE_DIR) / "rulebook");
    made.book = *zs::rulebook::load_sound(*files);
    return made;
  }();
  const auto json = nlohmann::json::parse(data, data + size, nullptr, false);
  if (!json.is_discarded()) static_cast<void>(zs::ledger::change_from_json(town, json));
  return 0;
}
