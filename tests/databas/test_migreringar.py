"""What the migrations make is what the models say, down to each constraint, on both databases."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlmodel import SQLModel

from enkat import models
from grund.db import MIGRERINGAR, migrera, open_db
from insatser import models as insatsernas
from kansli import models as kansliets
from kansli.enkater import models as enkaternas
from kansli.jobb import models as jobbens
from kansli.mal import models as malens
from kansli.publicering import models as publiceringens
from kansli.register import models as registrets
from kansli.texter import models as texternas
from tests.databas.conftest import Databaser


def schema(motor: Engine) -> set[tuple[str, ...]]:
    """Every table, column, key, index and constraint, in the database's own words. Models have no triggers."""
    if motor.dialect.name == "sqlite":
        fraga = """
            SELECT type, name, sql FROM sqlite_master
            WHERE name NOT LIKE 'alembic%' AND sql IS NOT NULL AND type <> 'trigger'"""
    else:
        fraga = """
            SELECT 'krav', conname, conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace
            UNION SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION SELECT table_name, column_name, data_type || is_nullable || coalesce(column_default, '')
            FROM information_schema.columns WHERE table_schema = 'public'"""
    with motor.connect() as anslutning:
        rader = anslutning.execute(text(fraga)).all()
    return {tuple(_rent(str(v)) for v in rad) for rad in rader if "alembic" not in str(rad)}


def _rent(sql: str) -> str:
    """Without the white space, and the order of lines, that only style decides."""
    return " ".join(sorted(line.strip().rstrip(",") for line in sql.splitlines()))


def test_the_models_are_the_migrated_schema(motor: Engine) -> None:
    assert models.METADATA is SQLModel.metadata is kansliets.SQLModel.metadata is jobbens.SQLModel.metadata
    assert insatsernas.SQLModel.metadata is malens.SQLModel.metadata is models.METADATA
    assert enkaternas.SQLModel.metadata is registrets.SQLModel.metadata is models.METADATA
    assert texternas.SQLModel.metadata is publiceringens.SQLModel.metadata is models.METADATA
    with motor.connect() as anslutning:
        assert compare_metadata(MigrationContext.configure(anslutning), SQLModel.metadata) == []


def test_the_migrated_schema_has_each_constraint_of_the_models(slag: str, databaser: Databaser, motor: Engine) -> None:
    modellens = open_db(databaser.ny(slag))
    SQLModel.metadata.drop_all(modellens)
    SQLModel.metadata.create_all(modellens)
    assert schema(modellens) == schema(motor)
    modellens.dispose()


def test_migrating_twice_does_nothing_and_back_leaves_nothing(motor: Engine) -> None:
    migrera(motor)
    installning = Config()
    installning.set_main_option("script_location", str(MIGRERINGAR))
    with motor.begin() as anslutning:
        installning.attributes["connection"] = anslutning
        command.downgrade(installning, "base")
    assert inspect(motor).get_table_names() == ["alembic_version"]
    migrera(motor)
    assert "kuvert" in inspect(motor).get_table_names()
