@echo off
cd /d "%~dp0"
dotnet tool restore || exit /b 1
dotnet cake %*
