// The commands: each adds itself to the command line and says how it ended.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

#include "cli/options.h"
#include "rulebook/source.h"

namespace zs::cli {

/// Registers a command; when it is the one called, `run` is set to what does it.
using Run = std::function<int()>;
void add_init(CLI::App& app, Options& options, Run& run);
void add_register(CLI::App& app, Options& options, Run& run);
void add_demo(CLI::App& app, Options& options, Run& run);
void add_commit(CLI::App& app, Options& options, Run& run);
void add_show(CLI::App& app, Options& options, Run& run);
void add_worklist(CLI::App& app, Options& options, Run& run);
void add_figures(CLI::App& app, Options& options, Run& run);
void add_evidence(CLI::App& app, Options& options, Run& run);
void add_term(CLI::App& app, Options& options, Run& run);
void add_report(CLI::App& app, Options& options, Run& run);
void add_verify(CLI::App& app, Options& options, Run& run);
void add_rebuild(CLI::App& app, Options& options, Run& run);
void add_check(CLI::App& app, Options& options, Run& run);
void add_duties(CLI::App& app, Options& options, Run& run);
void add_calendar(CLI::App& app, Options& options, Run& run);
void add_erase(CLI::App& app, Options& options, Run& run);
void add_dump(CLI::App& app, Options& options, Run& run);
void add_serve(CLI::App& app, Options& options, Run& run);
void add_publish(CLI::App& app, Options& options, Run& run);
void add_drift(CLI::App& app, Options& options, Run& run);
void add_user(CLI::App& app, Options& options, Run& run);
void add_import(CLI::App& app, Options& options, Run& run);
void add_rulebook(CLI::App& app, Options& options, Run& run);
/// Below `rulebook`: compare and adopt.
void add_adopting(CLI::App& command, Options& options, Run& run);

/// Each fault with its place and mend, one a line, then how many there are.
void print_faults(const Options& options, const rulebook::Faults& faults);

/// Opens the ledger for reading and the town, then does `body`; any error ends in fail().
template <class Body>
int with_town(const Options& options, store::Mode mode, Body body) {
  auto ledger = open_ledger(options, mode);
  if (!ledger) return fail(options, ledger.error());
  auto town = (*ledger)->town(TownId{options.town});
  if (!town) return fail(options, town.error());
  return body(**ledger, **town);
}

}  // namespace zs::cli
