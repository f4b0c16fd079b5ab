#include "server/law_shelf.h"

namespace zs::server {

const rulebook::Article* LawShelf::article_of(const rulebook::Rule& rule) const {
  const rulebook::LawText* law = texts_.find(rule.law);
  return law == nullptr ? nullptr : law->find_article(rule.article);
}

std::shared_ptr<const LawShelf::Standings> LawShelf::standings(const rulebook::Rulebook& book) {
  const std::lock_guard lock(mutex_);
  if (!standings_ || digest_ != book.digest) {
    auto made = std::make_shared<Standings>();
    made->on = rulebook::standing_of(book.files);
    for (const auto& [file, text] : book.files) {
      if (!file.starts_with("groups/")) continue;
      rulebook::Faults ignored;
      made->groups[file] = rulebook::read_yaml(file, text, ignored)["label"].scalar;
    }
    standings_ = std::move(made);
    digest_ = book.digest;
  }
  return standings_;
}

}  // namespace zs::server
