// May this person read this record: one rule per kind and role, used alike by lists, search, evidence and export
// (design §4.9).
#pragma once

#include "rules/view.h"

namespace zs::rules {

/// The widest scope that the person's roles have on a kind.
rulebook::Scope scope_of(const rulebook::Rulebook& book, const Person& person, std::string_view kind);

/// Whether the person may read the record. A whistle-blower's record is hidden from those of the org it speaks of,
/// whatever their role.
bool may_read(View& record, const Person& person);

/// Whether values of this guard are shown to the person unmasked: open and internal always, others by `reveals:`.
bool may_reveal(const rulebook::Rulebook& book, const Person& person, rulebook::Guard guard);

/// Whether the person reads the audit log.
bool may_audit(const rulebook::Rulebook& book, const Person& person);
/// Whether the person keeps people, units, settings and accounts.
bool may_manage(const rulebook::Rulebook& book, const Person& person);
/// Whether the person gives posts and opens locked accounts.
bool may_grant(const rulebook::Rulebook& book, const Person& person);
/// Whether the person publishes the yearly report.
bool may_publish(const rulebook::Rulebook& book, const Person& person);
/// Whether the person erases personal values (of the records that they may read).
bool may_erase(const rulebook::Rulebook& book, const Person& person);
/// Whether the person records finished cases and totals of old ledgers of a kind.
bool may_record_history(const rulebook::Rulebook& book, const Person& person, std::string_view kind);

}  // namespace zs::rules
