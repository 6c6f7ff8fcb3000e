//! Commands and flags, as clap reads them. `settings` checks their values against the brief.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Sourced figures in, charts and a briefing PDF out.
#[derive(Debug, Parser)]
#[command(
    name = "exhibit",
    version,
    arg_required_else_help = true,
    after_help = "Exit codes: 0 done; 1 findings, output that is not current, or a difference; 2 wrong usage; 3 input that cannot be read, or output\n\
                  that cannot be written; 4 a fault of exhibit itself. Data go to standard output, messages to standard error."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// A command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the PDF and the charts
    Build(BuildArgs),
    /// List the findings of a brief and its data, and build nothing
    Check(CheckArgs),
    /// Print every fact and event of a brief's data
    Facts(FactsArgs),
    /// Show the origin of a figure and its uses
    Explain(ExplainArgs),
    /// Compare the data with the texts and workbooks of the sources
    Verify(VerifyArgs),
    /// List the facts that a finished PDF or SVG shows, and compare them with the data
    Trace(TraceArgs),
    /// List the changes between two editions, in terms of the data
    Diff(DiffArgs),
    /// Print the JSON Schema of an output
    Schema(SchemaArgs),
    /// Write a first brief and data set, and overwrite nothing
    Init(InitArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct BuildArgs {
    /// The brief [default: brief.yaml, else data/brief.yaml]
    pub(crate) brief: Option<PathBuf>,
    /// The output folder
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub(crate) out: PathBuf,
    /// Build only the pictures of this exhibit; repeat the flag for more exhibits
    #[arg(long, value_name = "ID")]
    pub(crate) only: Vec<String>,
    /// Build only these formats [default: pdf,svg,png; with --only: svg,png]
    #[arg(long, value_name = "FORMATS", value_delimiter = ',')]
    pub(crate) format: Vec<Format>,
    /// Write nothing; list the files that are not current, and fail if there is one
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) deny: DenyArgs,
}

/// A kind of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The typeset brief
    Pdf,
    /// Charts and slides as vectors
    Svg,
    /// Charts and slides as pixels
    Png,
}

#[derive(Debug, clap::Args)]
pub(crate) struct CheckArgs {
    /// The brief [default: brief.yaml, else data/brief.yaml]
    pub(crate) brief: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) deny: DenyArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DenyArgs {
    /// Fail on warnings too
    #[arg(long, value_name = "WHAT")]
    pub(crate) deny: Option<Deny>,
}

/// What counts as a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings
    Warnings,
}

#[derive(Debug, clap::Args)]
pub(crate) struct FactsArgs {
    /// The brief [default: brief.yaml, else data/brief.yaml]
    pub(crate) brief: Option<PathBuf>,
    /// The printed form
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: FactsFormat,
    /// Only facts of this metric; this flag and the next three may be repeated
    #[arg(long, value_name = "ID")]
    pub(crate) metric: Vec<String>,
    /// Only facts and events of this status: actual, estimated, provisional, target, forecast, claimed
    #[arg(long, value_name = "STATUS")]
    pub(crate) status: Vec<String>,
    /// Only facts and events that this source states
    #[arg(long, value_name = "ID")]
    pub(crate) source: Vec<String>,
    /// Only facts and events with an address that fits the pattern; * stands for any text
    #[arg(long, value_name = "PATTERN")]
    pub(crate) address: Vec<String>,
    /// Only derived facts
    #[arg(long)]
    pub(crate) derived: bool,
}

/// How facts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FactsFormat {
    /// For people, one fact a line
    Table,
    /// All fields of each fact and event, as one JSON object
    Json,
    /// One row a fact, without events
    Csv,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// The address of a fact, such as deliveries@2024-06, or of an event, such as event:launch
    pub(crate) address: String,
    /// The brief [default: brief.yaml, else data/brief.yaml]
    pub(crate) brief: Option<PathBuf>,
    /// The printed form
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: ExplainFormat,
}

/// How an explanation is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// The brief [default: brief.yaml, else data/brief.yaml]
    pub(crate) brief: Option<PathBuf>,
    /// The id of a source and the file with its text or its workbook; repeat the flag for more sources
    #[arg(long, value_name = "ID=FILE", required = true)]
    pub(crate) source: Vec<String>,
    #[command(flatten)]
    pub(crate) deny: DenyArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct TraceArgs {
    /// A PDF or SVG that `exhibit build` wrote
    pub(crate) file: PathBuf,
    /// Compare the facts with the data of this brief, and fail if one differs
    #[arg(long, value_name = "BRIEF")]
    pub(crate) data: Option<PathBuf>,
    /// The printed form
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: TraceFormat,
}

/// How a trace is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TraceFormat {
    /// For people, one fact a line
    Text,
    /// For programs
    Json,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DiffArgs {
    /// The old edition: a data set, a brief, a manifest.json, or a git revision of a brief
    pub(crate) old: String,
    /// The new edition, of the same kind
    pub(crate) new: String,
    /// The path of the brief in a git revision [default: brief.yaml, else data/brief.yaml]
    #[arg(long, value_name = "PATH")]
    pub(crate) brief: Option<PathBuf>,
    /// The printed form
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: DiffFormat,
}

/// How a difference is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people, one change a line
    Text,
    /// For programs
    Json,
    /// For a pull request
    Markdown,
}

#[derive(Debug, clap::Args)]
pub(crate) struct SchemaArgs {
    /// The output that the schema describes
    pub(crate) of: SchemaOf,
}

/// An output that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// The output of `exhibit facts --format json`, and facts.json in the PDF
    Facts,
}

#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// The folder; created if missing
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) folder: PathBuf,
    /// Write a brief and a data set for this file of rows, with guesses marked as such: .csv, .tsv, .json, .xlsx, .ods
    #[arg(long, value_name = "FILE", conflicts_with_all = ["blank", "example"])]
    pub(crate) from: Option<PathBuf>,
    /// Write an empty brief and data set, with comments that say what goes where
    #[arg(long, conflicts_with = "example")]
    pub(crate) blank: bool,
    /// Write the brief on one article about a car, which shows what the program can do [default]
    #[arg(long)]
    pub(crate) example: bool,
}
