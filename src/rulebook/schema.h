// JSON Schemas of a rulebook's files, so that an editor completes and checks while one writes. What names other files'
// keys (rules, kinds, roles, settings, forms, figures, parts, lists) offers those of the rulebook at hand.
//
// A schema knows the shape; what the names within one file mean only `rulebook check` knows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rulebook/rulebook.h"

namespace zs::rulebook {

/// A type of file: its name and which files are of it.
struct FileType {
  std::string_view name;   ///< kind
  std::string_view files;  ///< kinds/*.yaml
};
const std::vector<FileType>& file_types();

/// The JSON Schema (draft-07) of a type of file; empty if there is no such type.
std::string schema_of(const Rulebook& book, std::string_view type);

}  // namespace zs::rulebook
