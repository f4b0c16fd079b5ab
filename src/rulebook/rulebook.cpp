#include "rulebook/rulebook.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "rulebook/loading.h"
#include "rulebook/report_chapters.h"
#include "rulebook/wording_bank.h"

namespace zs::rulebook {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kFilesMax = 2000;

template <class Index, class List>
auto find_in(const Index& index, const List& list, std::string_view key) -> const typename List::value_type* {
  const auto found = index.find(key);
  return found == index.end() ? nullptr : &list[found->second];
}

template <class Index, class List, class KeyOf>
void build(Index& index, const List& list, KeyOf key_of) {
  index.clear();
  for (std::size_t i = 0; i < list.size(); ++i) index.emplace(key_of(list[i]), i);
}

Field shared(std::string key, std::string label, Type type) {
  Field field;
  field.key = std::move(key);
  field.label = std::move(label);
  field.type = type;
  return field;
}

Result<std::string> read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) {
    return io_error(fmt::format("读不了规则书文件 {}", path.string()), fmt::format("cannot read {}", path.string()));
  }
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

void load_parts(Loading& loading, const Node& root) {
  Rulebook& book = loading.book;
  expect_keys(loading, root, {"name", "version", "jurisdiction", "parts", "notices"});
  book.name = required(loading, root, "name");
  book.version = required(loading, root, "version");
  const std::string& offset = root["jurisdiction"]["utc_offset"].scalar;
  if (const auto parsed = parse_offset(offset)) {
    book.utc_offset = *parsed;
  } else {
    loading.faults.add(root.place, "没有写时区（jurisdiction: {utc_offset: \"+08:00\"}）",
                       "the jurisdiction's utc_offset is missing");
  }
  for (const auto& [key, value] : root["parts"].entries) book.parts.emplace_back(key.scalar, value.scalar);
  book.notices = read_notices(loading, root["notices"]);
}

void load_english(Rulebook& book, const Node& root) {
  for (const auto& [section, names] : root.entries) {
    for (const auto& [key, name] : names.entries) book.english[section.scalar][key.scalar] = name.scalar;
  }
}

std::string stem_of(std::string_view file) {
  const std::size_t slash = file.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? file : file.substr(slash + 1);
  return std::string(name.substr(0, name.rfind('.')));
}

bool under(std::string_view file, std::string_view folder) {
  return file.size() > folder.size() && file.starts_with(folder) && file.ends_with(".yaml");
}

// Kinds in two passes: first every field of every kind, then all that names fields.
void load_kinds(Loading& loading) {
  for (const auto& [key, root] : loading.kind_nodes) {
    Kind kind;
    kind.key = key;
    kind.place = root.place;
    kind.label = root["label"].scalar;
    kind.use = words_of(loading, root["use"]);
    load_kind_fields(loading, kind, root);
    for (const std::string& group : kind.use) {
      const auto found = loading.group_nodes.find(group);
      if (found == loading.group_nodes.end()) {
        unknown_name(loading, root["use"].place, "字段组", "group", group, {});
        continue;
      }
      load_kind_fields(loading, kind, found->second);
    }
    loading.book.kinds.push_back(std::move(kind));
  }
  // Numbers are read by paths too, so their names must stand before any path is resolved.
  for (Kind& kind : loading.book.kinds) {
    for (const auto& [key, value] : loading.kind_nodes[kind.key]["numbers"].entries) {
      NumberSeries series;
      series.key = key.scalar;
      kind.numbers.push_back(std::move(series));
    }
  }
  for (Kind& kind : loading.book.kinds) load_kind_body(loading, kind, loading.kind_nodes[kind.key]);
}

// A file that nobody reads is misspelt.
void check_names(Loading& loading, const std::map<std::string, Node>& singles) {
  for (const auto& [name, root] : singles) {
    static const std::vector<std::string> kKnown{"rulebook.yaml",   "calendar.yaml", "lists.yaml",   "figures.yaml",
                                                 "checks.yaml",     "duties.yaml",   "roles.yaml",   "settings.yaml",
                                                 "locales/en.yaml", "untested.yaml", "synonyms.yaml",
                                                 "report/wording.yaml", "report/lists.yaml", "read.yaml"};
    if (std::find(kKnown.begin(), kKnown.end(), name) == kKnown.end())
      unknown_name(loading, {name, 1, 1}, "文件", "file", name, kKnown);
  }
}

}  // namespace

const Kind* Rulebook::find_kind(std::string_view key) const {
  return find_in(kind_index_, kinds, key);
}
const Rule* Rulebook::find_rule(std::string_view id) const {
  if (rule_index_.size() == rules.size()) return find_in(rule_index_, rules, id);
  for (const Rule& rule : rules) {
    if (rule.id == id) return &rule;
  }
  return nullptr;
}
const Figure* Rulebook::find_figure(std::string_view key) const {
  return find_in(figure_index_, figures, key);
}
const Role* Rulebook::find_role(std::string_view key) const {
  return find_in(role_index_, roles, key);
}
const LocalSetting* Rulebook::find_setting(std::string_view key) const {
  for (const LocalSetting& setting : settings) {
    if (setting.key == key) return &setting;
  }
  return nullptr;
}

const SelfCheck* Rulebook::find_check(std::string_view key) const {
  for (const SelfCheck& check : checks) {
    if (check.key == key) return &check;
  }
  return nullptr;
}

const Form* Rulebook::find_form(std::string_view key) const {
  for (const Form& form : forms) {
    if (form.key == key) return &form;
  }
  return nullptr;
}

std::vector<const Figure*> Rulebook::figures_of(std::string_view kind) const {
  std::vector<const Figure*> found;
  const auto list = figures_by_kind_.find(kind);
  if (list == figures_by_kind_.end()) return found;
  for (const std::size_t i : list->second) found.push_back(&figures[i]);
  return found;
}

void Rulebook::index() {
  build(kind_index_, kinds, [](const Kind& kind) { return kind.key; });
  build(rule_index_, rules, [](const Rule& rule) { return rule.id; });
  build(figure_index_, figures, [](const Figure& figure) { return figure.key; });
  build(role_index_, roles, [](const Role& role) { return role.key; });
  for (Kind& kind : kinds) {
    build(kind.field_index, kind.fields, [](const Field& field) { return field.key; });
    build(kind.gate_index, kind.gates, [](const Gate& gate) { return gate.key; });
  }
  figures_by_kind_.clear();
  for (std::size_t i = 0; i < figures.size(); ++i) {
    if (figures[i].base()) figures_by_kind_[figures[i].kind].push_back(i);
  }
}

const std::vector<Field>& shared_fields() {
  static const std::vector<Field> kShared{
      shared("unit", "承办机构", Type::org),    shared("village", "村（社区）", Type::org),
      shared("handler", "承办人", Type::staff), shared("secrecy", "密级", Type::text),
      shared("archive_no", "档号", Type::text), shared("attachments", "附件", Type::files),
      shared("same_as", "重复于", Type::links), shared("not_same_as", "不是重复", Type::links)};
  return kShared;
}

const Field* find_shared_field(std::string_view key) {
  for (const Field& field : shared_fields()) {
    if (field.key == key) return &field;
  }
  return nullptr;
}

std::string digest_of(const Files& files) {
  std::string all;
  for (const auto& [name, text] : files) {
    all += fmt::format("{}:{}:{}:", name.size(), name, text.size());
    all += text;
  }
  return hex(bytes(zs::digest(Algorithm::sm3, {all})));
}

Result<Files> read_files(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return not_found(fmt::format("没有规则书文件夹 {}", folder.string()),
                     fmt::format("no rulebook folder {}", folder.string()));
  }
  Files files;
  for (fs::recursive_directory_iterator it(folder, error), end; it != end && !error; it.increment(error)) {
    const fs::path& path = it->path();
    if (!it->is_regular_file() || (path.extension() != ".yaml" && path.extension() != ".md")) continue;
    if (files.size() >= kFilesMax) return bad_input("规则书文件太多", "the rulebook has too many files");
    ZS_TRY(std::string text, read_file(path));
    files[fs::relative(path, folder).generic_string()] = std::move(text);
  }
  if (error)
    return io_error(fmt::format("读不了 {}：{}", folder.string(), error.message()),
                    fmt::format("cannot read {}: {}", folder.string(), error.message()));
  return files;
}

std::shared_ptr<const Rulebook> load(const Files& files, Faults& faults) {
  auto book = std::make_shared<Rulebook>();
  book->files = files;
  book->digest = digest_of(files);
  Loading loading{*book, faults, {}, {}};
  std::map<std::string, Node> laws;
  std::map<std::string, Node> singles;
  for (const auto& [name, text] : files) {
    if (name == "report/annual.md") book->report_template = text;
    if (!name.ends_with(".yaml")) continue;
    Node root = read_yaml(name, text, faults);
    if (root && !root.is_map()) {
      faults.add(root.place, "文件应当是“键: 值”", "the file should be a map");
      continue;
    }
    if (under(name, "kinds/"))
      loading.kind_nodes[stem_of(name)] = std::move(root);
    else if (under(name, "groups/"))
      loading.group_nodes[stem_of(name)] = std::move(root);
    else if (under(name, "law/"))
      laws[stem_of(name)] = std::move(root);
    else
      singles[name] = std::move(root);
  }
  check_names(loading, singles);
  load_parts(loading, singles["rulebook.yaml"]);
  book->calendar = read_calendar(singles["calendar.yaml"], faults);
  load_settings(loading, singles["settings.yaml"]);
  for (const auto& [section, root] : laws) load_law(loading, section, root);
  book->index();
  load_lists(loading, singles["lists.yaml"]);
  load_kinds(loading);
  book->index();
  load_checks(loading, singles["checks.yaml"]);
  load_figures(loading, singles["figures.yaml"]);
  load_duties(loading, singles["duties.yaml"]);
  load_roles(loading, singles["roles.yaml"]);
  load_english(*book, singles["locales/en.yaml"]);
  book->index();
  load_synonyms(loading, singles["synonyms.yaml"]);
  load_forms(loading, files);
  load_report_lists(loading, singles[std::string(kReportListsFile)]);
  check_report_chapters(book->report_template, faults);
  (void)wording_bank(files, faults);
  check(loading);
  // After the check: it reads what people wrote.
  if (!book->parts.empty()) {
    book->kinds.push_back(summary_kind(book->parts.back().first, book->figures));
    book->index();
  }
  return book;
}

Result<std::shared_ptr<const Rulebook>> load_sound(const Files& files) {
  Faults faults;
  std::shared_ptr<const Rulebook> book = load(files, faults);
  if (faults.none()) return book;
  std::string zh = fmt::format("规则书有{}处错误：", faults.count());
  std::string en = fmt::format("the rulebook has {} faults:", faults.count());
  for (const Fault& fault : faults.list()) {
    zh += fmt::format("\n  {} {}", fault.place.text(), fault.what.zh);
    en += fmt::format("\n  {} {}", fault.place.text(), fault.what.en);
  }
  return bad_input(zh, en);
}

}  // namespace zs::rulebook
