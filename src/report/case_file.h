// The case file (卷宗) of a record as one document: its contents (卷内目录) with what is missing, then each paper in
// order.
#pragma once

#include <string>

#include "ledger/papers.h"
#include "ledger/reading.h"

namespace zs::report {

/// A page ready for print. Values are in full: who may open it is asked where it is opened; `name` says what linked
/// records are called to that person. Errors: as issued_paper.
Result<std::string> case_file_page(store::Session& session, const ledger::RecordPage& page,
                                   const ledger::NameLink& name);

}  // namespace zs::report
