// The certificate that personal values were erased (个人信息删除凭证), as a page for print.
#pragma once

#include <string>
#include <vector>

#include "ledger/erasure.h"
#include "ledger/proofs.h"
#include "ledger/records.h"

namespace zs::report {

/// `labels`: what was erased, as readers call it. Errors: those of the template.
Result<std::string> erasure_page(const ledger::Town& town, const ledger::RecordView& view,
                                 const ledger::Certificate& certificate, const std::vector<std::string>& labels,
                                 const ledger::EntryProof& proof);

}  // namespace zs::report
