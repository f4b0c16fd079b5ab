#include "server/record_json.h"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/papers.h"
#include "rules/scope.h"
#include "server/words.h"

namespace zs::server {

using rulebook::Field;
using rulebook::Guard;
using rulebook::Type;

namespace {

// A day where no hour was said.
void write_moment(JsonWriter& w, std::string_view key, const std::optional<Moment>& moment) {
  if (!moment)
    w.null(key);
  else if (*moment == start_of(moment->day()))
    w(key, moment->day());
  else
    w(key, moment->text());
}

// A party shows who it is; what identifies or reaches a person stays covered until it is asked for with a reason.
Value covered(const Context& context, const Field& field, const Value& value, bool& covers) {
  covers = false;
  if (value.unknown() || field.guard == Guard::open || field.guard == Guard::internal) return value;
  const bool all = guarded(context, field);
  if (const auto* party = value.as<Party>()) {
    Party made;
    for (const auto& [key, text] : *party) {
      const bool name = key == "name" || key == "kind";
      made[key] = name && !all ? text : masked(text);
      covers = covers || made[key] != text;
    }
    return made;
  }
  const bool strict = field.guard == Guard::sensitive || field.guard == Guard::secret;
  if (!all && !strict) return value;
  covers = true;
  const auto* text = value.as<std::string>();
  return text == nullptr ? Value(std::string("***")) : Value(masked(*text));
}

// What a reader sees of a value.
struct Seen {
  Value value;
  std::string text;
  bool covers = false;
};

// The names of files rather than their digests.
std::string file_names(const ledger::RecordPage& page, const std::vector<std::string>& digests) {
  std::string names;
  for (const std::string& digest : digests) {
    const auto found = page.files.find(digest);
    names += (names.empty() ? "" : "、") + (found == page.files.end() ? digest.substr(0, 8) : found->second.name);
  }
  return names;
}

Seen seen_of(const Context& context, const ledger::RecordPage& page, const Field& field, const Value& value) {
  Seen seen;
  seen.value = covered(context, field, value, seen.covers);
  const auto* text = seen.value.as<std::string>();
  const auto* list = seen.value.as<std::vector<std::string>>();
  if (seen.covers && text != nullptr)
    seen.text = *text;
  else if (field.type == Type::files && list != nullptr && !seen.covers)
    seen.text = file_names(page, *list);
  else if (field.type == Type::link || field.type == Type::links)
    seen.text = link_names(context, page, seen.value);
  else
    seen.text = shown(*context.town, field, seen.value);
  return seen;
}

void write_seen(JsonWriter& w, const Seen& seen) {
  if (seen.covers)
    w.null("value");
  else
    w("value", seen.value);
  w("text", seen.text);
  w("masked", seen.covers);
}

void write_files(JsonWriter& w, const ledger::RecordPage& page, const Value& value) {
  w.array("files", [&] {
    const auto one = [&](const std::string& digest) {
      const auto found = page.files.find(digest);
      if (found != page.files.end()) w.object([&] { write_file(w, found->second); });
    };
    if (const auto* digest = value.as<std::string>()) one(*digest);
    if (const auto* digests = value.as<std::vector<std::string>>()) {
      for (const std::string& digest : *digests) one(digest);
    }
  });
}

// Part by part, covered as the whole is.
void write_parts(JsonWriter& w, const Party& party) {
  w.object("parts", [&] {
    for (const auto& [key, text] : party) w(key, text);
  });
}

void write_field(JsonWriter& w, const Context& context, const ledger::RecordPage& page, const Field& field,
                 const Value& value) {
  Seen seen = seen_of(context, page, field, value);
  const bool files = field.type == Type::files && !seen.covers;
  w.object([&] {
    w("key", field.key);
    w("label", field.label);
    w("type", type_name(field.type));
    w("guard", guard_name(field.guard));
    write_seen(w, seen);
    if (const auto* party = seen.value.as<Party>()) write_parts(w, *party);
    w("computed", field.computed != nullptr);
    if (files) write_files(w, page, seen.value);
  });
}

void write_rows(JsonWriter& w, const Context& context, const ledger::RecordPage& page, const Field& field,
                const rules::Rows& rows) {
  w.object([&] {
    w("key", field.key);
    w("label", field.label);
    w.array("columns", [&] {
      for (const Field& column : field.columns)
        w.object([&] {
          w("key", column.key);
          w("label", column.label);
          w("type", type_name(column.type));
        });
    });
    w.array("rows", [&] {
      for (const auto& [number, cells] : rows)
        w.object([&, &row_number = number, &row_cells = cells] {
          w("number", row_number);
          w.object("cells", [&] {
            for (const auto& [key, value] : row_cells) {
              const Field* column = field.find_column(key);
              if (column == nullptr) continue;
              Seen seen = seen_of(context, page, *column, value);
              const bool files = column->type == Type::files && !seen.covers;
              w.object(key, [&] {
                write_seen(w, seen);
                if (files) write_files(w, page, seen.value);
              });
            }
          });
        });
    });
  });
}

void write_steps(JsonWriter& w, const rulebook::Kind& kind, const std::vector<ledger::Step>& steps) {
  w.array("steps", [&] {
    for (const ledger::Step& step : steps) {
      const rulebook::State* declared = kind.find_state(step.state);
      w.object([&] {
        w("state", step.state);
        w("label", declared == nullptr ? step.state : declared->label);
        w("day", step.day);
        w("current", &step == &steps.back());
      });
    }
  });
}

// "acts.meeting" → 履职事项·会议.
std::string link_label(const rulebook::Kind* kind, const std::string& path) {
  const std::size_t dot = path.find('.');
  const Field* field = kind == nullptr ? nullptr : kind->find_field(path.substr(0, dot));
  if (field == nullptr) field = rulebook::find_shared_field(path);
  if (field == nullptr) return path;
  const Field* column = dot == std::string::npos ? nullptr : field->find_column(path.substr(dot + 1));
  return column == nullptr ? field->label : field->label + "·" + column->label;
}

void write_near(JsonWriter& w, const Context& context, const std::vector<ledger::Near>& near) {
  w.array("links", [&] {
    for (const ledger::Near& each : near) {
      rules::View other(context.town->in_force(), each.record);
      if (!rules::may_read(other, context.person)) continue;
      w.object([&] {
        write_row(w, context, each.row);
        w("field", each.field);
        w("label", link_label(context.town->book->find_kind(each.from_kind), each.field));
        w("back", each.back);
      });
    }
  });
}

}  // namespace

std::string seen_text(const Context& context, const ledger::RecordPage& page, const Field& field, const Value& value) {
  return value.absent() ? std::string() : seen_of(context, page, field, value).text;
}

void write_file(JsonWriter& w, const ledger::Attachment& file) {
  w("digest", file.digest);
  w("name", file.name);
  w("type", file.type);
  w("size", file.size);
}

void write_deadlines(JsonWriter& w, const std::vector<ledger::DeadlineView>& deadlines) {
  w.array("deadlines", [&] {
    for (const ledger::DeadlineView& deadline : deadlines) {
      if (deadline.outcome == rules::OutcomeOf::none) continue;
      w.object([&] {
        w("key", deadline.key);
        w("row", deadline.row);
        w("label", deadline.label);
        w("rule", deadline.rule);
        w("law", deadline.citation);
        w("bears", bearer_name(deadline.bears));
        w("outcome", rules::name_of(deadline.outcome));
        w("outcome_label", rules::chinese_of(deadline.outcome));
        write_moment(w, "start", deadline.start);
        w("due", deadline.due);
        write_moment(w, "due_at", deadline.due_at);
        write_moment(w, "stop", deadline.stop);
        w("estimated", deadline.estimated);
        w("provisional", deadline.provisional);
        if (deadline.due)
          w("weekday", weekday(*deadline.due));
        else
          w.null("weekday");
        write_badge(w, deadline.badge);
        w.array("working", [&] {
          for (const std::string& line : deadline.working) w.element(line);
        });
      });
    }
  });
}

// What was issued, in order; `text` says whether it can be opened.
void write_papers(JsonWriter& w, const Context& context, const rules::Record& record) {
  const auto list = record.rows.find("papers");
  w.array("papers", [&] {
    if (list == record.rows.end()) return;
    for (const auto& [row, cells] : list->second) {
      const auto text = [&](const char* column) {
        const auto found = cells.find(column);
        return found == cells.end() ? std::string() : plain_text(found->second);
      };
      const std::string key = text("form");
      const rulebook::Form* form = context.town->book->find_form(key);
      w.object([&] {
        w("row", row);
        w("form", key);
        w("label", form == nullptr ? key : form->label);
        w("number", text("number"));
        w("day", text("day"));
        w("text", cells.contains("digest"));
        w("standing", ledger::paper_standing(record, row));
        w("replaces", text("replaces"));
      });
    }
  });
}

namespace {

// What stands at the head of the page: which record it is, and where it is in its course.
void write_head(JsonWriter& w, const ledger::RecordView& view, const rulebook::State* state) {
  const rules::Record& record = view.record;
  w("id", record.id.number);
  w("kind", record.kind);
  w("kind_label", view.kind_label);
  w("number", view.number);
  w.object("numbers", [&] {
    for (const auto& [name, number] : record.numbers) w(name, number);
  });
  w("title", view.title);
  w("state", record.state);
  w("state_label", view.state_label);
  w("final", state != nullptr && state->is_final);
  w("version", record.version);
  w("voided", record.voided);
}

// The kind's fields and those that every kind shares: values, given or computed, then rows.
void write_values(JsonWriter& w, const Context& context, const ledger::RecordPage& page, const rulebook::Kind& kind) {
  const rules::Record& record = page.view.record;
  const auto each_field = [&](const auto& visit) {
    for (const auto* fields : {&kind.fields, &rulebook::shared_fields()}) {
      for (const Field& field : *fields) visit(field);
    }
  };
  w.array("fields", [&] {
    each_field([&](const Field& field) {
      const auto given = record.fields.find(field.key);
      const auto computed = page.view.computed.find(field.key);
      if (given != record.fields.end())
        write_field(w, context, page, field, given->second);
      else if (computed != page.view.computed.end() && !computed->second.absent())
        write_field(w, context, page, field, computed->second);
    });
  });
  w.array("rows", [&] {
    each_field([&](const Field& field) {
      const auto rows = record.rows.find(field.key);
      if (rows != record.rows.end() && !rows->second.empty()) write_rows(w, context, page, field, rows->second);
    });
  });
}

void write_dossier(JsonWriter& w, const std::vector<ledger::DossierLine>& dossier) {
  w.array("dossier", [&] {
    for (const ledger::DossierLine& line : dossier)
      w.object([&] {
        w("label", line.label);
        w("form", line.form);
        w("there", line.there);
        w("day", line.day);
        w("needed", true);
      });
  });
}

}  // namespace

std::string record_json(const Context& context, const ledger::RecordPage& page) {
  const ledger::RecordView& view = page.view;
  const rulebook::Kind& kind = *context.town->book->find_kind(view.record.kind);
  JsonWriter w;
  w.object([&] {
    write_head(w, view, kind.find_state(view.record.state));
    write_values(w, context, page, kind);
    write_deadlines(w, view.deadlines);
    write_steps(w, kind, page.steps);
    write_papers(w, context, view.record);
    write_dossier(w, page.dossier);
    write_near(w, context, page.near);
  });
  return w.take();
}

}  // namespace zs::server
