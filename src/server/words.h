// The words that answers share: names of orgs and people, values as a reader sees them, badges, days.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "ledger/listing.h"
#include "ledger/shown.h"
#include "rules/remind.h"
#include "server/app.h"

namespace zs::server {

/// What types, guards and bearers are called in YAML and in the API.
std::string_view type_name(rulebook::Type type);
std::string_view guard_name(rulebook::Guard guard);
std::string_view bearer_name(rulebook::Bearer bearer);
/// What bearers, and how sure a rule is, are called for a reader.
std::string_view bearer_label(rulebook::Bearer bearer);
std::string certainty_label(rulebook::Certainty certainty);

using ledger::org_name;
using ledger::shown;
using ledger::staff_name;
/// 周三
std::string weekday(Date day);
/// The years in which the town has figures, the newest first, this year among them.
std::vector<int> years_of_town(Context& context);

/// A value as the API gives it: money in fen, a link as "kind/12".
nlohmann::ordered_json raw(const Value& value);
/// Linked records by number and title; one that the person may not read, by its ledger alone.
std::string link_name(const Context& context, const ledger::RecordPage& page, const Link& link);
std::string link_names(const Context& context, const ledger::RecordPage& page, const Value& value);
/// 王某某 → 王**; 13800000000 → 138****0000: enough to tell cases apart, not to find anybody.
std::string masked(std::string_view text);
/// A party's or a note's value with what is guarded covered, if the person may not see it all.
bool guarded(const Context& context, const rulebook::Field& field);

/// The member "badge", and the members of a row.
void write_badge(JsonWriter& w, const rules::Badge& badge);
void write_row(JsonWriter& w, const Context& context, const ledger::ListRow& row);
nlohmann::ordered_json day_json(const std::optional<Date>& day);
std::string citation_of(const ledger::Town& town, const std::string& rule);

/// What the acts that every kind has are called: edit → 修改; another type as it stands.
std::string act_name(std::string_view type);
using rules::act_that_stops;
/// Whether the act that ends the deadline is one that this person records or decides.
bool waits_for(const ledger::Town& town, const rules::Person& person, const ledger::DueLine& line);

/// A field as the API describes it.
nlohmann::ordered_json field_json(const rulebook::Field& field);
/// The outside system where the cases of a kind live; empty: here.
std::string outside_home(const ledger::Town& town, const rulebook::Kind& kind);
/// The kind of the path, if the person may read it at all. Errors: not_found.
Result<const rulebook::Kind*> kind_of(const Context& context);
/// A whole number among the parameters, or the default; out of bounds is the nearest bound.
std::int64_t number_or(const Request& request, std::string_view name, std::int64_t otherwise, std::int64_t least,
                       std::int64_t most);
/// The year asked for, or this one.
int year_of(const Context& context);

}  // namespace zs::server
