// What a file is, told from its bytes and not from its name (libmagic).
#pragma once

#include <filesystem>
#include <string>

namespace zs {

/// A media type as "application/pdf"; "application/octet-stream" if it cannot be told. Safe from any thread.
std::string media_type(const std::filesystem::path& file);

}  // namespace zs
