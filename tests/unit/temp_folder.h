// A folder of one test, empty at the beginning, gone at the end. In memory where the system has such a place: what a
// disk does when the power fails is tested elsewhere (tests/faults).
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>

namespace zs {

class TempFolder {
 public:
  explicit TempFolder(const std::string& name) : path_(base() / ("zs-" + name + "-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  static std::filesystem::path base() {
    const std::filesystem::path memory = "/dev/shm";
    return ::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
  }

  std::filesystem::path path_;
};

}  // namespace zs
