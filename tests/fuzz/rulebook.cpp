// Any text as a file of the rulebook gives a tree and faults, never a crash or a hang.
#include "rulebook/rulebook.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (const char* file : {"kinds/fuzzed.yaml", "law/fuzzed.yaml", "figures.yaml", "calendar.yaml"}) {
    zs::rulebook::Faults faults;
    zs::rulebook::load(
        {{"rulebook.yaml", "name: n\nversion: v\njurisdiction: {utc_offset: \"+08:00\"}\nparts: {a: b}\n"},
         {file, text}},
        faults);
  }
  return 0;
}
