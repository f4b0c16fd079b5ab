// A kind's typed table: a column for each scalar field, made from the rulebook; values to cells and back.
//
// Pure, safe from any thread; over plain data, so that store knows nothing of records. The table is a projection: one
// row for each record, made again from the journal at any time. A column is only ever added.
//
//   k_<kind>(town, id, "f_<field>" …, rows, sealed, unknowns), STRICT, WITHOUT ROWID, PRIMARY KEY (town, id)
//
// flag 0 or 1, count, money in fen, date as days since 1970-01-01, moment as minutes: INTEGER. Texts, choice, staff,
// org, place, link as kind/12: TEXT. choices, links, files, party: canonical JSON in a TEXT. NULL is absent or unknown.
// `rows`: {"visits":{"3":{"on":"2024-03-01"}}}. `sealed`: {"field":value}, the fields that are personal, sensitive or
// secret, and whatever else has no column. `unknowns`: ["field"], the columns whose value nobody knows. All are
// canonical JSON, and NULL where there is nothing. Computed fields are not stored.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/fields.h"
#include "rulebook/kind.h"
#include "store/database.h"

namespace zs::store {

/// Given values by field, and rows by field and number: as rules keep them.
using FieldValues = Fields;
using RowValues = std::map<std::string, std::map<RowNumber, FieldValues>, std::less<>>;

struct ColumnInfo {
  std::string key;  ///< of the field
  rulebook::Type type = rulebook::Type::text;
};

struct KindTable {
  std::string name;                 ///< as in SQL: "k_<kind>", quoted
  std::vector<ColumnInfo> columns;  ///< in order of key
  std::string select_list;          ///< what fields_of() reads: the columns, rows, sealed, unknowns
  std::string create_sql;
  std::string upsert_sql;  ///< parameters: cells_of()
  std::string select_sql;  ///< by town ?1 and id ?2; gives select_list
  std::string delete_sql;  ///< by town ?1 and id ?2
  std::string range_sql;   ///< ids ?2 to ?3 of town ?1: id and select_list, in order of id
};

/// The tables of a rulebook's kinds, by kind.
using KindTables = std::map<std::string, KindTable, std::less<>>;
KindTables tables_of(const std::vector<rulebook::Kind>& kinds);

/// Whether a field, declared or shared, has a column of its own: scalar, open or internal, not computed.
bool has_column(const rulebook::Field& field);
/// The name of a field's column, quoted.
std::string column_name(std::string_view field);

KindTable table_of(const rulebook::Kind& kind);

/// What makes an older table into this one. `existing_columns` are the names that the database gives, not quoted; none:
/// there is no table yet.
std::vector<std::string> migrations(const KindTable& table, const std::vector<std::string>& existing_columns);

/// The parameters of upsert_sql. Each value must be of its field's type.
std::vector<Cell> cells_of(const KindTable& table, TownId town, RecordId id, const FieldValues& fields,
                           const RowValues& rows);

/// Reads a row of select_list. Replaces both maps. Errors: corrupt if a cell is not what cells_of() writes.
Result<> fields_of(const rulebook::Kind& kind, const KindTable& table, const ResultRow& row, FieldValues& fields,
                   RowValues& rows);

}  // namespace zs::store
