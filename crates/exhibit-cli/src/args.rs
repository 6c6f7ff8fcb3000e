//! What can be typed, as clap reads it. What of it is sound, `settings` finds out.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Sourced figures in, charts and a briefing PDF out.
#[derive(Debug, Parser)]
#[command(
    name = "exhibit",
    version,
    arg_required_else_help = true,
    after_help = "Exit codes: 0 done, 1 findings (or output that is not current, or a difference), 2 wrong usage, 3 input cannot be read or output\n\
                  cannot be written, 4 a fault of exhibit itself. Data go to standard output, talk to standard error."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Build the PDF and the charts
    Build(BuildArgs),
    /// Say what is wrong with a brief and its data, and build nothing
    Check(CheckArgs),
    /// Print every fact and event of a brief's data
    Facts(FactsArgs),
    /// Say where a figure comes from and where it is used
    Explain(ExplainArgs),
    /// Compare the evidence of the data with the texts of their sources
    Verify(VerifyArgs),
    /// List the facts that a finished PDF or SVG shows, and compare them with the data
    Trace(TraceArgs),
    /// Say what changed from one edition to another, in terms of the data
    Diff(DiffArgs),
    /// Print the JSON Schema of what exhibit writes
    Schema(SchemaArgs),
    /// Write a brief and a data set to begin with
    Init(InitArgs),
}

#[derive(Debug, clap::Args)]
pub(crate) struct BuildArgs {
    /// The brief [default: brief.yaml, else data/brief.yaml]
    pub(crate) brief: Option<PathBuf>,
    /// The folder for what is built
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub(crate) out: PathBuf,
    /// Build the files of this exhibit only; may be given several times
    #[arg(long, value_name = "ID")]
    pub(crate) only: Vec<String>,
    /// Build these formats only [default: pdf,svg,png, or svg,png with --only]
    #[arg(long, value_name = "FORMATS", value_delimiter = ',')]
    pub(crate) format: Vec<Format>,
    /// Write nothing; list what in the folder is not current, and fail if there is anything
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

/// What is not let pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings
    Warnings,
}

#[derive(Debug, clap::Args)]
pub(crate) struct FactsArgs {
    /// The brief [default: brief.yaml, else data/brief.yaml]
    pub(crate) brief: Option<PathBuf>,
    /// How they are printed
    #[arg(long, value_enum, default_value = "table")]
    pub(crate) format: FactsFormat,
    /// Facts of this metric only; may be given several times, as may the next three
    #[arg(long, value_name = "ID")]
    pub(crate) metric: Vec<String>,
    /// Facts and events of this status only: actual, estimated, provisional, target, forecast, claimed
    #[arg(long, value_name = "STATUS")]
    pub(crate) status: Vec<String>,
    /// Facts and events that this source states
    #[arg(long, value_name = "ID")]
    pub(crate) source: Vec<String>,
    /// Facts and events whose address fits a pattern, where * stands for anything
    #[arg(long, value_name = "PATTERN")]
    pub(crate) address: Vec<String>,
    /// Derived facts only
    #[arg(long)]
    pub(crate) derived: bool,
}

/// How facts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FactsFormat {
    /// For people, one a line
    Table,
    /// Everything that is known of each, as one JSON object
    Json,
    /// One row a fact; events have none
    Csv,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// The address of a fact, such as deliveries@2024-06, or of an event, such as event:launch
    pub(crate) address: String,
    /// The brief [default: brief.yaml, else data/brief.yaml]
    pub(crate) brief: Option<PathBuf>,
    /// How it is printed
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
    /// A source and the file that holds its text; may be given several times
    #[arg(long, value_name = "ID=FILE", required = true)]
    pub(crate) source: Vec<String>,
    #[command(flatten)]
    pub(crate) deny: DenyArgs,
}

#[derive(Debug, clap::Args)]
pub(crate) struct TraceArgs {
    /// A PDF or SVG that `exhibit build` wrote
    pub(crate) file: PathBuf,
    /// Compare with the data of this brief, and fail if a fact differs
    #[arg(long, value_name = "BRIEF")]
    pub(crate) data: Option<PathBuf>,
    /// How it is printed
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
    /// The edition before: a data set, a brief, a manifest.json, or a git revision of a brief
    pub(crate) old: String,
    /// The edition after, of the same kind
    pub(crate) new: String,
    /// Which brief is meant at a git revision [default: brief.yaml, else data/brief.yaml]
    #[arg(long, value_name = "PATH")]
    pub(crate) brief: Option<PathBuf>,
    /// How it is printed
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
    /// Of what
    pub(crate) of: SchemaOf,
}

/// What a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// What `exhibit facts --format json` prints, and facts.json in the PDF
    Facts,
}

#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    /// The folder; made if it is not there
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) folder: PathBuf,
}
